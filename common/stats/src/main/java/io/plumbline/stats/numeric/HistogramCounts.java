package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * How many keys agree in their leading bits: memory and time that do not depend on how many there
 * are. Of each cell the least and the greatest key are known, so that a cell of one value is exact.
 *
 * <p>Up to a limit of distinct keys, each is a cell by itself. Beyond, the cells are as narrow as
 * the values lie, wherever that is: keys of the same magnitude (sign and power of two) are a group,
 * which has its own level, the least at which its cells are at most so many; and so many are as
 * many as may be for all groups together to stay within their share of the limit. Both depend on
 * the set of distinct keys alone, not on the order in which they come: more keys never allow more.
 */
final class HistogramCounts extends ValueCounts {
  /** Of the bits of a double: sign and exponent. */
  private static final int EXPONENT_SHIFT = 52;

  private static final int GROUPS_OF_DOUBLES = 1 << (Long.SIZE - EXPONENT_SHIFT);
  private static final int GROUPS_OF_INTEGERS = 2 * Long.SIZE;

  private final boolean ofDoubles;
  private final CellTable[] groups;
  private final int cells;
  private final int leastOfGroup;
  private int mostOfGroup;
  private int most;

  /** Of each group, its distinct keys, or {@link #mostOfGroup} if they are more. */
  private int claimed;

  /**
   * @param ofDoubles whether keys are those of doubles; else they are integers
   * @param limit distinct keys up to which all is exact, a power of two, at least 512; beyond it, a
   *     quarter as many cells are kept, or more where values of very many magnitudes would else
   *     have less than {@code limit / 256} each
   */
  HistogramCounts(boolean ofDoubles, int limit) {
    this.ofDoubles = ofDoubles;
    groups = new CellTable[ofDoubles ? GROUPS_OF_DOUBLES : GROUPS_OF_INTEGERS];
    mostOfGroup = Integer.MAX_VALUE;
    most = limit;
    cells = limit / 4;
    leastOfGroup = limit / 256;
  }

  @Override
  void add(long key) {
    add(key, 1);
  }

  @Override
  void addAll(long[] keys, int from, int to) {
    for (int i = from; i < to; i++) {
      add(keys[i], 1);
    }
  }

  @Override
  void add(long key, long times) {
    int at = ofDoubles ? groupOfDouble(key) : groupOfInteger(key);
    CellTable group = groups[at];
    if (group == null) {
      group = new CellTable();
      groups[at] = group;
    }
    if (group.add(key, times)) {
      makeRoom(group);
    }
  }

  private static int groupOfDouble(long key) {
    return (int) (key >> EXPONENT_SHIFT) + GROUPS_OF_DOUBLES / 2;
  }

  private static int groupOfInteger(long key) {
    int bits = Long.SIZE - Long.numberOfLeadingZeros(key ^ (key >> (Long.SIZE - 1)));
    return key < 0 ? Long.SIZE - 1 - bits : Long.SIZE + bits;
  }

  /** After a group has one cell more. */
  private void makeRoom(CellTable group) {
    if (group.size() > mostOfGroup) {
      group.coarsen(mostOfGroup);
    } else if (group.level() == 0) {
      claimed++;
    }
    if (claimed > most) {
      lower();
    }
  }

  private void lower() {
    do {
      mostOfGroup = Math.min(cells, mostOfGroup) / 2;
      most = mostOfGroup == leastOfGroup ? Integer.MAX_VALUE : cells;
      claimed = 0;
      for (CellTable group : groups) {
        if (group != null) {
          claimed += group.level() == 0 ? Math.min(group.size(), mostOfGroup) : mostOfGroup;
        }
      }
    } while (claimed > most);
    for (CellTable group : groups) {
      if (group != null && group.size() > mostOfGroup) {
        group.coarsen(mostOfGroup);
      }
    }
  }

  @Override
  int buffered() {
    return 0;
  }

  @Override
  CellBlocks blocks() {
    int size = 0;
    int level = 0;
    for (CellTable group : groups) {
      if (group != null) {
        size += group.size();
        level = Math.max(level, group.level());
      }
    }
    long[] low = new long[size];
    long[] high = new long[size];
    long[] count = new long[size];
    int at = 0;
    for (CellTable group : groups) {
      if (group != null) {
        group.copyTo(low, high, count, at);
        at += group.size();
      }
    }
    // Where no cell has two values nothing was lost.
    return CellBlocks.inMemory(
        Arrays.equals(low, high)
            ? new Cells(0, size, low, low, count)
            : new Cells(level, size, low, high, count));
  }

  @Override
  void merge(ValueCounts other) {
    throw new IllegalStateException("a histogram is filled where it is");
  }
}
