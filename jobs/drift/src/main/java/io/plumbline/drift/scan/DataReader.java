package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
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
        new RowGroupScan(plan, input, file, group, columns).scan(feature, taker.summaries());
        taker.read(group.rows(), columns.bytesRead());
      }
    }
  }

  @Override
  public void close() throws IOException {
    files.close();
  }
}
