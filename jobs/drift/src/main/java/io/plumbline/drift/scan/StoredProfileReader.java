package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.SampledCells;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;

/** The reader of one row group of a profile, for a profile of several. */
final class StoredProfileReader implements BulkFormat.Reader<ProfilePart> {
  private final ScanPlan plan;
  private final InputFiles input;
  private final InputFiles.RowGroup group;
  private final StoredRows rows;
  private final Map<String, PlannedFeature> features = new HashMap<>();
  private boolean counted;

  StoredProfileReader(
      ScanPlan plan, InputFiles input, InputFiles.DataFile file, InputFiles.RowGroup group)
      throws IOException {
    this.plan = plan;
    this.input = input;
    this.group = group;
    plan.features().forEach(feature -> features.put(feature.name(), feature));
    rows = StoredRows.of(input, file, List.of(group));
  }

  @Override
  public BulkFormat.RecordIterator<ProfilePart> readBatch() throws IOException {
    List<ProfilePart> parts = new ArrayList<>();
    ProfileRow row = rows.next();
    if (row != null) {
      add(row, parts);
    } else if (counted) {
      return null;
    } else {
      counted = true;
      // The rows of the data are those of the whole profile: told once.
      long ofData = group.index() == 0 ? input.rows() : 0;
      parts.add(ProfilePart.counts(ofData, group.length()));
    }
    return new IteratorResultIterator<>(parts.iterator(), 0, 0);
  }

  private void add(ProfileRow row, List<ProfilePart> parts) throws IOException {
    PlannedFeature feature = features.get(row.feature());
    int segment = feature == null ? Segments.NONE : StoredRows.segment(plan, feature, row);
    if (segment == Segments.NONE) {
      return;
    }
    if (feature.kind() == PlannedFeature.Kind.NUMERIC && rows.numbers(feature).inCells(row)) {
      throw new BadInput(
          "%s: %s is known in cells, which do not convert to another type; take the profiles with --exact"
              .formatted(input.uri(), feature.name()));
    }
    WrittenParts written = new WrittenParts(plan, feature);
    rows.addTo(written, segment, feature, row);
    if (plan.samplesRows() && segment == 0 && feature.ofCells()) {
      written.sampled(SampledCells.of(row));
    }
    parts.addAll(written.finish());
  }

  @Override
  public void close() throws IOException {
    rows.close();
  }
}
