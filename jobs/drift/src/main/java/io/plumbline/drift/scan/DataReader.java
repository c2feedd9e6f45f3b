package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.stats.Mergeable;
import java.io.IOException;

/** Reads features of data, row group by row group. */
final class DataReader extends FeatureReader {
  private final ScanPlan plan;
  private final InputFiles input;
  private final OpenFiles files = new OpenFiles();

  DataReader(ScanPlan plan, InputFiles input) {
    this.plan = plan;
    this.input = input;
  }

  @Override
  public void read(PlannedFeature feature, Taker taker) throws IOException {
    for (InputFiles.DataFile file : input.files()) {
      for (InputFiles.RowGroup group : file.rowGroups()) {
        RowGroupColumns columns = files.columns(file, group);
        new RowGroupScan(plan, input, file, group, columns).scan(feature, parts(taker));
        taker.read(group.rows(), columns.bytesRead());
      }
    }
  }

  private static FeatureParts parts(Taker taker) {
    return new FeatureParts() {
      @Override
      public void add(int segment, Mergeable<?> summary) {
        taker.summary(segment, summary);
      }

      @Override
      public void addLast(Mergeable<?> summary, CellSampler sampler) {
        taker.summary(0, summary);
      }
    };
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
