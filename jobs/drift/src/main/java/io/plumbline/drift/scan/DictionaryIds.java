package io.plumbline.drift.scan;

import java.io.IOException;
import java.util.Arrays;

/** The ids of a page whose values are in the column's dictionary, each checked against its size. */
final class DictionaryIds {
  private final HybridRuns runs = new HybridRuns();
  private final int[] ids = new int[CellBatches.MOST_ROWS];
  private final int entries;

  /**
   * @param entries of the dictionary
   */
  DictionaryIds(int entries) {
    this.entries = entries;
  }

  /** From here on reads the ids in a part of a page. */
  void begin(byte[] page, int from, int to) throws IOException {
    // A page of nulls alone may have nothing.
    int width = from < to ? page[from] & 0xFF : 0;
    runs.begin(page, Math.min(from + 1, to), to, width);
  }

  /** The next ids, in an array that is used again. */
  int[] next(int count) throws IOException {
    for (int from = 0; from < count; ) {
      int run = runs.run(count - from);
      if (runs.packed()) {
        runs.unpack(ids, from, run);
        check(from, from + run);
      } else {
        Arrays.fill(ids, from, from + run, checked(runs.number()));
        runs.skip(run);
      }
      from += run;
    }
    return ids;
  }

  /** Adds the next ids to their counters. */
  void count(int count, int[] counters) throws IOException {
    for (int left = count; left > 0; ) {
      int run = runs.run(left);
      if (runs.packed()) {
        runs.unpack(ids, 0, run);
        check(0, run);
        count(ids, run, counters);
      } else {
        counters[checked(runs.number())] += run;
        runs.skip(run);
      }
      left -= run;
    }
  }

  static void count(int[] ids, int count, int[] counters) {
    for (int i = 0; i < count; i++) {
      counters[ids[i]]++;
    }
  }

  private int checked(int id) throws IOException {
    if (id < 0 || id >= entries) {
      throw new IOException(
          "a page has the id %s, the dictionary %s entries"
              .formatted(Integer.toUnsignedString(id), entries));
    }
    return id;
  }

  private void check(int from, int to) throws IOException {
    int signs = 0;
    for (int i = from; i < to; i++) {
      signs |= ids[i] | (entries - 1 - ids[i]);
    }
    for (int i = from; signs < 0 && i < to; i++) {
      checked(ids[i]);
    }
  }
}
