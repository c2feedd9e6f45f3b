package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** Summarises a column of lists of numbers. A null or empty list is a missing cell. */
final class EmbeddingScan {
  private final PlannedFeature feature;
  private final RowSegments segments;
  private final RowHashes hashes;
  private final FeatureSummaries out;

  EmbeddingScan(
      PlannedFeature feature, RowSegments segments, RowHashes hashes, FeatureSummaries out) {
    this.feature = feature;
    this.segments = segments;
    this.hashes = hashes;
    this.out = out;
  }

  void run(RowGroupColumns columns) throws IOException {
    int rows = columns.rows();
    if (!columns.has(feature.name())) {
      for (int row = 0; row < rows; row++) {
        add(row, new double[0], 0);
      }
    } else {
      Elements elements = new Elements();
      RowGroupColumns.Column column = columns.open(feature.name(), elements);
      for (int row = 0; row < rows; row++) {
        int size = elements.next(column);
        add(row, elements.vector, size);
      }
    }
  }

  private void add(int row, double[] vector, int size) throws IOException {
    long hash = hashes.of(row);
    add(out.vectors(0), hash, vector, size);
    for (int i = 0; i < segments.perRow(); i++) {
      add(out.vectors(segments.of(i, row)), hash, vector, size);
    }
  }

  private static void add(VectorSummary summary, long hash, double[] vector, int size) {
    if (size == 0) {
      summary.addNulls(1);
    } else {
      summary.add(hash, vector, size);
    }
  }

  /** Gathers the elements of one list at a time. */
  private static final class Elements extends CellConverter {
    private double[] vector = new double[16];
    private int size;
    private double[] entries = {};

    /** Reads a row; returns the length of its list, 0 if that is null or empty. */
    int next(RowGroupColumns.Column column) throws IOException {
      size = 0;
      do {
        boolean nullElement = column.atNullElement();
        if (!column.next() && nullElement) {
          append(Double.NaN);
        }
      } while (column.continuesRow());
      return size;
    }

    private void append(double value) {
      if (size == vector.length) {
        vector = Arrays.copyOf(vector, 2 * size);
      }
      vector[size++] = value;
    }

    @Override
    void onDouble(double value) {
      append(value);
    }

    @Override
    void onLong(long value) {
      append(value);
    }

    @Override
    public void setDictionary(Dictionary dictionary) {
      if (floating()) {
        entries = doubles(dictionary);
      } else {
        long[] integers = longs(dictionary);
        entries = new double[integers.length];
        for (int id = 0; id < entries.length; id++) {
          entries[id] = integers[id];
        }
      }
    }

    @Override
    public void addValueFromDictionary(int id) {
      append(entries[checked(id, entries.length)]);
    }

    @Override
    void onBytes(Binary value) {
      throw new IllegalStateException("expected numbers, found bytes");
    }

    @Override
    void onBoolean(boolean value) {
      throw new IllegalStateException("expected numbers, found booleans");
    }
  }
}
