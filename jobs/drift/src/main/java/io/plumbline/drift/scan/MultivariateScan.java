package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.util.Arrays;

/**
 * Samples rows of several numeric columns together. A row in which one of them is missing is
 * missing.
 */
final class MultivariateScan {
  /** The norms of mixed units mean nothing, so that they need no exact distribution. */
  private static final int NORMS_KEPT = 2;

  private final PlannedFeature feature;
  private final RowSegments segments;
  private final RowHashes hashes;
  private final FeatureParts out;

  MultivariateScan(
      PlannedFeature feature, RowSegments segments, RowHashes hashes, FeatureParts out) {
    this.feature = feature;
    this.segments = segments;
    this.hashes = hashes;
    this.out = out;
  }

  void run(RowGroupColumns columns) throws IOException {
    int rows = columns.rows();
    double[][] members = new double[feature.members().size()][];
    for (int i = 0; i < members.length; i++) {
      members[i] = read(feature.members().get(i), columns, rows);
    }
    VectorSummary[] bySegment = new VectorSummary[segments.size()];
    bySegment[0] = create();
    double[] vector = new double[members.length];
    for (int row = 0; row < rows; row++) {
      boolean usable = true;
      for (int i = 0; i < members.length; i++) {
        vector[i] = members[i][row];
        usable &= Double.isFinite(vector[i]);
      }
      long hash = hashes.of(row);
      add(bySegment[0], hash, vector, usable);
      for (int i = 0; i < segments.perRow(); i++) {
        int segment = segments.of(i, row);
        if (bySegment[segment] == null) {
          bySegment[segment] = create();
        }
        add(bySegment[segment], hash, vector, usable);
      }
    }
    for (int segment = 0; segment < bySegment.length; segment++) {
      if (bySegment[segment] != null) {
        out.add(segment, bySegment[segment]);
      }
    }
  }

  private static VectorSummary create() {
    return new VectorSummary(NORMS_KEPT, ScanPlan.SAMPLED_ROWS);
  }

  private static void add(VectorSummary summary, long hash, double[] vector, boolean usable) {
    if (usable) {
      summary.add(hash, vector, vector.length);
    } else {
      summary.addNulls(1);
    }
  }

  /** A column as doubles, NaN where it is missing. */
  private double[] read(InputColumn member, RowGroupColumns columns, int rows) throws IOException {
    double[] values = new double[rows];
    Arrays.fill(values, Double.NaN);
    if (!columns.has(member.name())) {
      return values;
    }
    CellBatches<NumberCells> column = columns.numbers(member.name());
    NumberCells cells = column.cells();
    while (column.next()) {
      int[] rowsOfValues = column.rowsOfValues();
      int[] ids = column.coded() ? column.ids() : null;
      for (int i = 0; i < column.values(); i++) {
        values[column.first() + rowsOfValues[i]] =
            ids == null ? cells.value(i) : cells.entry(ids[i]);
      }
    }
    return values;
  }
}
