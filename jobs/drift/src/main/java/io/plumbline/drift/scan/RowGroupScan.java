package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;

/** Scans features of one row group: only the pages of one column are in memory. */
final class RowGroupScan {
  private final ScanPlan plan;
  private final InputFiles input;
  private final InputFiles.DataFile file;
  private final InputFiles.RowGroup group;
  private final RowGroupColumns columns;
  private RowSegments segments;
  private RowHashes hashes;
  private SampledRows sampled;

  RowGroupScan(
      ScanPlan plan,
      InputFiles input,
      InputFiles.DataFile file,
      InputFiles.RowGroup group,
      RowGroupColumns columns) {
    this.plan = plan;
    this.input = input;
    this.file = file;
    this.group = group;
    this.columns = columns;
  }

  /**
   * @throws BadInput if the column cannot be read
   */
  void scan(PlannedFeature feature, FeatureSummaries out) throws IOException {
    try {
      RowSegments rows = feature.segmented() ? segments() : RowSegments.whole();
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
    } catch (IOException e) {
      throw new BadInput(
          "%s: column %s cannot be read: %s"
              .formatted(
                  file.path(),
                  feature.name(),
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  private RowSegments segments() throws IOException {
    if (segments == null) {
      segments = RowSegments.read(plan.segments(), columns);
    }
    return segments;
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
}
