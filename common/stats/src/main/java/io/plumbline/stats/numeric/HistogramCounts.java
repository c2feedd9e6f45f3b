package io.plumbline.stats.numeric;

import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many keys agree in their leading bits: memory and time that do not depend on how many there
 * are. Of each cell the least and the greatest key are known, so that a cell of one value is exact;
 * keys that come with counts, from dictionaries, stay exact as long as they are few.
 */
final class HistogramCounts extends ValueCounts {
  /** So many distinct keys that come with counts are kept each by itself. */
  private static final int COUNTED_KEYS = 1 << 16;

  private final int level;
  private final long offset;
  private final BoundedCounts counted = new BoundedCounts(COUNTED_KEYS);
  private final int cells;
  private long[] low = {};
  private long[] high = {};
  private long[] count = {};

  /**
   * @param bits leading ones by which keys are told apart, the sign's included: 2 to 24
   */
  HistogramCounts(int bits) {
    level = Long.SIZE - bits;
    cells = 1 << bits;
    offset = 1L << (bits - 1);
  }

  @Override
  void add(long key) {
    makeRoom();
    count(key);
  }

  private void makeRoom() {
    if (count.length == 0) {
      low = new long[cells];
      high = new long[cells];
      count = new long[cells];
    }
  }

  private void count(long key) {
    int cell = (int) ((key >> level) + offset);
    if (count[cell]++ == 0) {
      low[cell] = key;
      high[cell] = key;
    } else if (key < low[cell]) {
      low[cell] = key;
    } else if (key > high[cell]) {
      high[cell] = key;
    }
  }

  @Override
  void addAll(long[] keys, int size) {
    makeRoom();
    for (int i = 0; i < size; i++) {
      count(keys[i]);
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
    Cells exact = counted.cells();
    return CellBlocks.inMemory(count.length == 0 ? exact : Cells.merge(histogram(), exact));
  }

  private Cells histogram() {
    int size = (int) Arrays.stream(count).filter(values -> values > 0).count();
    long[] lows = new long[size];
    long[] highs = new long[size];
    long[] counts = new long[size];
    int at = 0;
    for (int cell = 0; cell < cells; cell++) {
      if (count[cell] > 0) {
        lows[at] = low[cell];
        highs[at] = high[cell];
        counts[at++] = count[cell];
      }
    }
    return new Cells(level, size, lows, highs, counts);
  }

  @Override
  void merge(ValueCounts other) {
    CellBlocks theirs = other.blocks();
    if (theirs.level() > level) {
      throw new IllegalArgumentException(
          "cells of %d bits cannot take wider ones".formatted(level));
    }
    for (CellCursor cell = new CellCursor(theirs); cell.present(); cell.next()) {
      if (cell.low() == cell.high()) {
        add(cell.low(), cell.count());
      } else {
        add(cell.low());
        add(cell.high());
        count[(int) ((cell.low() >> level) + offset)] += cell.count() - 2;
      }
    }
  }

  @Override
  void writeTo(DataOutput out) throws IOException {
    BoundedCounts.write(out, blocks().blocks() == 0 ? Cells.EMPTY : blocks().block(0));
  }
}
