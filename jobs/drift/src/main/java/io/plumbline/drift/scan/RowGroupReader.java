package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;

/** The reader of one row group: a batch is what one feature's column gives. */
final class RowGroupReader implements BulkFormat.Reader<ProfilePart> {
  private final ScanPlan plan;
  private final InputFiles.RowGroup group;
  private final RowGroupColumns columns;
  private final RowGroupScan scan;
  private final Queue<PlannedFeature> waiting = new ArrayDeque<>();
  private boolean counted;

  RowGroupReader(
      ScanPlan plan, InputFiles input, InputFiles.DataFile file, InputFiles.RowGroup group)
      throws IOException {
    this.plan = plan;
    this.group = group;
    columns = RowGroupColumns.open(file, group);
    scan = new RowGroupScan(plan, input, file, group, columns);
    waiting.addAll(plan.features());
  }

  @Override
  public BulkFormat.RecordIterator<ProfilePart> readBatch() throws IOException {
    PlannedFeature feature = waiting.poll();
    List<ProfilePart> parts = new ArrayList<>();
    long before = columns.bytesRead();
    if (feature != null) {
      WrittenParts written = new WrittenParts(plan, feature);
      scan.scan(feature, written);
      parts.addAll(written.finish());
    } else if (counted) {
      return null;
    }
    long rows = 0;
    if (waiting.isEmpty() && !counted) {
      counted = true;
      rows = group.rows();
    }
    parts.add(ProfilePart.counts(rows, columns.bytesRead() - before));
    return new IteratorResultIterator<>(parts.iterator(), 0, 0);
  }

  @Override
  public void close() throws IOException {
    columns.close();
  }
}
