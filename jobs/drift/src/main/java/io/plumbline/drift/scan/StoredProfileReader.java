package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.parquet.FlinkInputFile;
import io.plumbline.runtime.parquet.TableReader;
import io.plumbline.runtime.profile.ProfileHeader;
import io.plumbline.runtime.profile.ProfileRow;
import io.plumbline.runtime.profile.ProfileRows;
import io.plumbline.runtime.profile.SampledCells;
import io.plumbline.stats.Mergeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * The reader of one row group of a profile: what the data's own row groups would have given, put
 * together already.
 */
final class StoredProfileReader implements BulkFormat.Reader<ProfilePart> {
  private final ScanPlan plan;
  private final InputFiles input;
  private final boolean current;
  private final InputFiles.DataFile file;
  private final InputFiles.RowGroup group;
  private final ParquetFileReader parquet;
  private final Iterator<ProfileRow> rows;
  private final Map<String, PlannedFeature> features = new HashMap<>();
  private final Map<String, Integer> bins = new HashMap<>();
  private boolean counted;

  StoredProfileReader(
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
    plan.features().forEach(feature -> features.put(feature.name(), feature));
    for (ProfileHeader.Feature feature : input.profile().features()) {
      bins.put(feature.name(), feature.bins());
    }
    parquet =
        ParquetFileReader.open(
            new FlinkInputFile(new Path(file.path()), file.length()), InputFiles.readOptions());
    try {
      rows = new TableReader<>(parquet, ProfileRow.class).rowGroup(group.index());
    } catch (IOException | RuntimeException e) {
      parquet.close();
      throw damaged(e);
    }
  }

  private BadInput damaged(Exception e) {
    return new BadInput(
        "%s: a damaged profile: %s"
            .formatted(
                file.path(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
        e);
  }

  @Override
  public BulkFormat.RecordIterator<ProfilePart> readBatch() {
    List<ProfilePart> parts = new ArrayList<>();
    try {
      if (rows.hasNext()) {
        add(rows.next(), parts);
      } else if (counted) {
        return null;
      } else {
        counted = true;
        // The rows of the data are those of the whole profile: told once.
        long ofData = group.index() == 0 ? input.rows() : 0;
        parts.add(ProfilePart.counts(current, ofData, group.length()));
      }
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
    return new IteratorResultIterator<>(parts.iterator(), 0, 0);
  }

  private void add(ProfileRow row, List<ProfilePart> parts) throws IOException {
    PlannedFeature feature = features.get(row.feature());
    if (feature == null || (!row.segment().isEmpty() && !feature.segmented())) {
      return;
    }
    int segment = plan.segments().numberOf(row.segment());
    if (segment == Segments.NONE) {
      return;
    }
    byte[] known =
        KnownQuantiles.of(row, bins.get(row.feature()))
            .map(StoredProfileReader::written)
            .orElse(new byte[0]);
    ProfilePart part =
        ProfilePart.of(
            plan.key(feature.index(), segment), current, summary(feature, row).written(), known);
    boolean sampled = plan.samplesRows() && segment == 0 && feature.ofCells();
    parts.add(sampled ? part.sampled(SampledCells.of(row)) : part);
  }

  private static Mergeable<?> summary(PlannedFeature feature, ProfileRow row) throws IOException {
    return switch (feature.kind()) {
      case NUMERIC ->
          feature.wide()
              ? ProfileRows.categories(row)
              : ProfileRows.numbers(
                  row, Domains.of(feature.column().type()), ProfileFormat.UNSORTED);
      case CATEGORICAL -> ProfileRows.categories(row);
      case EMBEDDING, MULTIVARIATE ->
          ProfileRows.vectors(row, ProfileFormat.UNSORTED, ScanPlan.SAMPLED_ROWS);
    };
  }

  private static byte[] written(KnownQuantiles known) {
    try {
      return known.written();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }
}
