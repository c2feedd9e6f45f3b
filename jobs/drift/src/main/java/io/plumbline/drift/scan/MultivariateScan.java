package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.util.Arrays;

/**
 * Samples rows of several numeric columns together. A row in which one of them is missing is
 * missing.
 */
final class MultivariateScan {
  private final PlannedFeature feature;
  private final RowSegments segments;
  private final RowHashes hashes;
  private final FeatureSummaries out;

  MultivariateScan(
      PlannedFeature feature, RowSegments segments, RowHashes hashes, FeatureSummaries out) {
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
    double[] vector = new double[members.length];
    for (int row = 0; row < rows; row++) {
      boolean usable = true;
      for (int i = 0; i < members.length; i++) {
        vector[i] = members[i][row];
        usable &= Double.isFinite(vector[i]);
      }
      long hash = hashes.of(row);
      add(out.vectors(0), hash, vector, usable);
      for (int i = 0; i < segments.perRow(); i++) {
        add(out.vectors(segments.of(i, row)), hash, vector, usable);
      }
    }
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
    CellBatches<NumberCells> column = columns.numbers(member.name(), member.type());
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
