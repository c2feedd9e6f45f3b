package io.plumbline.drift.scan;

import java.util.Arrays;

/**
 * The nulls of a column, counted for each segment; rows are only looked at where there are some.
 */
final class NullCounts {
  private final RowSegments segments;
  private final int[] bySegment;

  NullCounts(RowSegments segments) {
    this.segments = segments;
    bySegment = new int[segments.size()];
  }

  int of(int segment) {
    return bySegment[segment];
  }

  /** Every row of a column that is not there. */
  void addRows(int rows) {
    addRows(0, rows);
  }

  void add(CellBatches<?> batch) {
    if (batch.values() == batch.rows()) {
      return;
    }
    addRows(batch.first(), batch.first() + batch.rows());
    bySegment[0] -= batch.values();
    if (segments.perRow() == 0) {
      return;
    }
    int[] rows = batch.rowsOfValues();
    for (int i = 0; i < segments.perRow(); i++) {
      int[] ofRows = segments.ofRows(i);
      for (int value = 0; value < batch.values(); value++) {
        bySegment[ofRows[batch.first() + rows[value]]]--;
      }
    }
  }

  private void addRows(int from, int to) {
    bySegment[0] += to - from;
    for (int i = 0; i < segments.perRow(); i++) {
      Arrays.stream(segments.ofRows(i), from, to).forEach(segment -> bySegment[segment]++);
    }
  }
}
