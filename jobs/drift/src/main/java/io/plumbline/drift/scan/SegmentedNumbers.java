package io.plumbline.drift.scan;

import java.io.IOException;

/**
 * Parts the cells of a column by segment, and adds them to the segments' summaries in batches: a
 * fraction of the time that adding them one by one takes.
 */
final class SegmentedNumbers {
  private static final int MOST_OF_BATCH = 512;
  private static final int LEAST_OF_BATCH = 16;

  private final RowSegments segments;
  private final boolean floating;
  private final FeatureSummaries out;
  private final double[][] doubles;
  private final long[][] longs;
  private final int[] sizes;

  /**
   * Cells of a segment that are added at once: all batches together are no larger than the rows.
   */
  private final int batch;

  /**
   * @param rows of the column
   */
  SegmentedNumbers(RowSegments segments, boolean floating, int rows, FeatureSummaries out) {
    this.segments = segments;
    this.floating = floating;
    this.out = out;
    doubles = new double[floating ? segments.size() : 0][];
    longs = new long[floating ? 0 : segments.size()][];
    sizes = new int[segments.size()];
    batch = Math.max(LEAST_OF_BATCH, Math.min(MOST_OF_BATCH, rows / segments.size()));
  }

  /** Adds the cells of a batch, which are no ids. */
  void add(CellBatches<NumberCells> column) throws IOException {
    if (segments.perRow() == 0) {
      return;
    }
    int[] rows = column.rowsOfValues();
    for (int i = 0; i < segments.perRow(); i++) {
      int[] ofRows = segments.ofRows(i);
      for (int value = 0; value < column.values(); value++) {
        int segment = ofRows[column.first() + rows[value]];
        if (floating) {
          add(segment, column.cells().doubles()[value]);
        } else {
          add(segment, column.cells().longs()[value]);
        }
      }
    }
  }

  private void add(int segment, double value) throws IOException {
    if (doubles[segment] == null) {
      doubles[segment] = new double[batch];
    }
    doubles[segment][sizes[segment]++] = value;
    if (sizes[segment] == batch) {
      flush(segment);
    }
  }

  private void add(int segment, long value) throws IOException {
    if (longs[segment] == null) {
      longs[segment] = new long[batch];
    }
    longs[segment][sizes[segment]++] = value;
    if (sizes[segment] == batch) {
      flush(segment);
    }
  }

  private void flush(int segment) throws IOException {
    if (floating) {
      out.numbers(segment).addDoubles(doubles[segment], 0, sizes[segment]);
    } else {
      out.numbers(segment).addLongs(longs[segment], 0, sizes[segment]);
    }
    sizes[segment] = 0;
  }

  /** Adds what is left. */
  void finish() throws IOException {
    for (int segment = 0; segment < sizes.length; segment++) {
      if (sizes[segment] > 0) {
        flush(segment);
      }
    }
  }
}
