package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.parquet.TableReader;
import io.plumbline.profile.ProfileRow;
import io.plumbline.profile.ProfileRows;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.sample.VectorSummary;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.parquet.hadoop.ParquetFileReader;

/** The rows of a profile's file, one after the other. */
final class StoredRows implements Closeable {
  private final InputFiles input;
  private final InputFiles.DataFile file;
  private final ParquetFileReader parquet;
  private final Iterator<InputFiles.RowGroup> groups;
  private Iterator<ProfileRow> rows = Collections.emptyIterator();
  private long bytesRead;

  private StoredRows(
      InputFiles input,
      InputFiles.DataFile file,
      ParquetFileReader parquet,
      List<InputFiles.RowGroup> groups) {
    this.input = input;
    this.file = file;
    this.parquet = parquet;
    this.groups = groups.iterator();
  }

  /** All rows of a profile. */
  static StoredRows of(InputFiles input) throws IOException {
    InputFiles.DataFile file = input.files().get(0);
    return of(input, file, file.rowGroups());
  }

  /** Those of some of its row groups. */
  static StoredRows of(InputFiles input, InputFiles.DataFile file, List<InputFiles.RowGroup> groups)
      throws IOException {
    return new StoredRows(input, file, file.open(), groups);
  }

  /** The next row; null if there is none. */
  ProfileRow next() {
    try {
      while (!rows.hasNext() && groups.hasNext()) {
        InputFiles.RowGroup group = groups.next();
        rows = new TableReader<>(parquet, ProfileRow.class).rowGroup(group.index());
        bytesRead += group.length();
      }
      return rows.hasNext() ? rows.next() : null;
    } catch (UncheckedIOException e) {
      throw damaged(e.getCause());
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** Compressed bytes of the row groups so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** In which of the plan's segments a row counts for a feature; {@link Segments#NONE}: in none. */
  static int segment(ScanPlan plan, PlannedFeature feature, ProfileRow row) {
    return row.segment().isEmpty() || feature.segmented()
        ? plan.segments().numberOf(row.segment())
        : Segments.NONE;
  }

  /** Adds what the data's own row groups would have given. */
  void addTo(FeatureSummaries out, int segment, PlannedFeature feature, ProfileRow row) {
    try {
      switch (feature.kind()) {
        case NUMERIC -> {
          if (feature.wide()) {
            numbers(feature).addTo(out.categories(segment), row);
          } else {
            numbers(feature).addTo(out.numbers(segment), row);
          }
        }
        case CATEGORICAL -> addCategories(out.categories(segment), row);
        case EMBEDDING, MULTIVARIATE -> addVectors(out.vectors(segment), row);
      }
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private static void addCategories(CategoryCounts counts, ProfileRow row) throws IOException {
    if (row.rows() == row.nulls()) {
      counts.addNulls(row.nulls());
    } else {
      counts.merge(ProfileRows.categories(row));
    }
  }

  private static void addVectors(VectorSummary vectors, ProfileRow row) throws IOException {
    if (row.rows() == row.nulls()) {
      vectors.addNulls(row.nulls());
    } else {
      vectors.merge(ProfileRows.vectors(row, ProfileFormat.UNSORTED, ScanPlan.SAMPLED_ROWS));
    }
  }

  /** How the numbers of a feature become those that are compared. */
  StoredNumbers numbers(PlannedFeature feature) {
    return new StoredNumbers(input.columns().get(feature.name()).type(), feature.column().type());
  }

  private BadInput damaged(IOException e) {
    return new BadInput(
        "%s: a damaged profile: %s"
            .formatted(
                file.path(),
                e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    parquet.close();
  }
}
