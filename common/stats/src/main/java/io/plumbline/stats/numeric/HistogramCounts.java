package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * How many doubles agree in their leading bits: memory and time that do not depend on how many
 * there are. Of each cell the least and the greatest key are known, so that a cell of one value is
 * exact; keys that come with counts, from dictionaries, stay exact as long as they are few.
 */
final class HistogramCounts extends ValueCounts {
  /** So many distinct keys that come with counts are kept each by itself. */
  private static final int COUNTED_KEYS = 1 << 16;

  /** Of sign and exponent. Most columns have few of these, and only those take memory. */
  private static final int GROUP_BITS = 12;

  private static final int GROUPS = 1 << GROUP_BITS;

  /** Of a cell there are three numbers: count, least key, greatest key. */
  private static final int WORDS = 3;

  private final int level;
  private final int cellsOfGroup;
  private final BoundedCounts counted = new BoundedCounts(COUNTED_KEYS);
  private final long[][] groups = new long[GROUPS][];

  /**
   * @param bits leading ones by which keys are told apart, those of sign and exponent included: 12
   *     to 28
   */
  HistogramCounts(int bits) {
    level = Long.SIZE - bits;
    cellsOfGroup = 1 << (bits - GROUP_BITS);
  }

  @Override
  void add(long key) {
    long[] group = groups[(int) (key >> (Long.SIZE - GROUP_BITS)) + GROUPS / 2];
    if (group == null) {
      group = new long[WORDS * cellsOfGroup];
      groups[(int) (key >> (Long.SIZE - GROUP_BITS)) + GROUPS / 2] = group;
    }
    int cell = WORDS * ((int) (key >>> level) & (cellsOfGroup - 1));
    if (group[cell]++ == 0) {
      group[cell + 1] = key;
      group[cell + 2] = key;
    } else if (key < group[cell + 1]) {
      group[cell + 1] = key;
    } else if (key > group[cell + 2]) {
      group[cell + 2] = key;
    }
  }

  @Override
  void addAll(long[] keys, int from, int to) {
    for (int i = from; i < to; i++) {
      add(keys[i]);
    }
  }

  @Override
  void add(long key, long times) {
    counted.add(key, times);
  }

  @Override
  int buffered() {
    return 0;
  }

  @Override
  CellBlocks blocks() {
    Cells histogram = histogram();
    Cells exact = counted.cells();
    return CellBlocks.inMemory(histogram.size() == 0 ? exact : Cells.merge(histogram, exact));
  }

  private Cells histogram() {
    int size = 0;
    for (long[] group : groups) {
      for (int cell = 0; group != null && cell < group.length; cell += WORDS) {
        size += group[cell] > 0 ? 1 : 0;
      }
    }
    long[] low = new long[size];
    long[] high = new long[size];
    long[] count = new long[size];
    int at = 0;
    for (long[] group : groups) {
      for (int cell = 0; group != null && cell < group.length; cell += WORDS) {
        if (group[cell] > 0) {
          count[at] = group[cell];
          low[at] = group[cell + 1];
          high[at++] = group[cell + 2];
        }
      }
    }
    // Where no cell has two values nothing was lost.
    return Arrays.equals(low, high)
        ? new Cells(0, size, low, low, count)
        : new Cells(level, size, low, high, count);
  }

  @Override
  void merge(ValueCounts other) {
    throw new IllegalStateException("a histogram is filled where it is");
  }
}
