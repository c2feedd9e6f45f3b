package io.plumbline.drift.scan;

import java.io.IOException;

/**
 * How often each entry of a column's dictionary stands, for each segment, so that an entry is added
 * to a summary once rather than once a row.
 */
final class IdCounts {
  /** Above this many counters, values of a dictionary are added one by one. */
  private static final long MOST_COUNTERS = 1 << 22;

  private final RowSegments segments;
  private final int entries;
  private final int[][] bySegment;

  /**
   * @param entries of the dictionary
   */
  IdCounts(RowSegments segments, int entries) {
    this.segments = segments;
    this.entries = entries;
    bySegment = new int[segments.size()][];
  }

  /** Whether a batch is for counters. */
  boolean takes(CellBatches<?> batch) {
    return batch.coded() && (long) entries * segments.size() <= MOST_COUNTERS;
  }

  void add(CellBatches<?> batch) throws IOException {
    if (segments.perRow() > 0) {
      int[] rows = batch.rowsOfValues();
      int[] ids = batch.ids();
      for (int i = 0; i < segments.perRow(); i++) {
        int[] ofRows = segments.ofRows(i);
        for (int value = 0; value < batch.values(); value++) {
          of(ofRows[batch.first() + rows[value]])[ids[value]]++;
        }
      }
    }
    batch.count(of(0));
  }

  private int[] of(int segment) {
    if (bySegment[segment] == null) {
      bySegment[segment] = new int[entries];
    }
    return bySegment[segment];
  }

  /** What takes the counts. */
  interface Taker {
    void take(int segment, int id, int times) throws IOException;
  }

  /** Gives all counts that are not 0. */
  void giveTo(Taker taker) throws IOException {
    for (int segment = 0; segment < bySegment.length; segment++) {
      for (int id = 0; bySegment[segment] != null && id < entries; id++) {
        if (bySegment[segment][id] > 0) {
          taker.take(segment, id, bySegment[segment][id]);
        }
      }
    }
  }
}
