package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;

/**
 * The reader of one row group: a batch is what one feature's column gives. Only that column's pages
 * are in memory.
 */
final class RowGroupReader implements BulkFormat.Reader<ProfilePart> {
  private final ScanPlan plan;
  private final InputFiles input;
  private final boolean current;
  private final InputFiles.DataFile file;
  private final InputFiles.RowGroup group;
  private final RowGroupColumns columns;
  private final Queue<PlannedFeature> waiting = new ArrayDeque<>();
  private RowSegments segments;
  private RowHashes hashes;
  private SampledRows sampled;
  private boolean counted;

  RowGroupReader(
      ScanPlan plan,
      InputFiles input,
      boolean current,
      InputFiles.DataFile file,
      InputFiles.RowGroup group)
      throws IOException {
    this.plan = plan;
    this.input = input;
    this.current = current;
    this.file = file;
    this.group = group;
    columns = RowGroupColumns.open(file, group);
    for (PlannedFeature feature : plan.features()) {
      if (!current || feature.inCurrent()) {
        waiting.add(feature);
      }
    }
  }

  @Override
  public BulkFormat.RecordIterator<ProfilePart> readBatch() throws IOException {
    PlannedFeature feature = waiting.poll();
    List<ProfilePart> parts = new ArrayList<>();
    long before = columns.bytesRead();
    if (feature != null) {
      scan(feature, parts);
    } else if (counted) {
      return null;
    }
    long rows = 0;
    if (waiting.isEmpty() && !counted) {
      counted = true;
      rows = group.rows();
    }
    parts.add(ProfilePart.counts(current, rows, columns.bytesRead() - before));
    return new IteratorResultIterator<>(parts.iterator(), 0, 0);
  }

  private void scan(PlannedFeature feature, List<ProfilePart> parts) throws IOException {
    if (segments == null) {
      segments = RowSegments.read(plan.segments(), columns);
    }
    RowSegments rows = feature.segmented() ? segments : RowSegments.whole();
    FeatureParts out = new FeatureParts(plan, feature, current, parts);
    try {
      switch (feature.kind()) {
        case NUMERIC -> {
          if (feature.wide()) {
            new CategoryScan(feature, rows, sampled(), out).run(columns);
          } else {
            new NumericScan(feature, rows, sampled(), out).run(columns);
          }
        }
        case CATEGORICAL -> new CategoryScan(feature, rows, sampled(), out).run(columns);
        case EMBEDDING -> new EmbeddingScan(feature, rows, hashes(), out).run(columns);
        case MULTIVARIATE -> new MultivariateScan(feature, rows, hashes(), out).run(columns);
      }
    } catch (BadInput e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new BadInput(
          "%s: column %s cannot be read: %s"
              .formatted(
                  file.path(),
                  feature.name(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  private SampledRows sampled() throws IOException {
    if (sampled == null) {
      sampled = plan.samplesRows() ? SampledRows.of(hashes(), columns.rows()) : SampledRows.none();
    }
    return sampled;
  }

  private RowHashes hashes() throws IOException {
    if (hashes == null) {
      hashes = RowHashes.of(plan.idColumn(), input, file, group, columns);
    }
    return hashes;
  }

  @Override
  public void close() throws IOException {
    columns.close();
  }
}
