package io.plumbline.stats.numeric;

import java.util.Arrays;

/** Cells in ascending order, in blocks, of which only those in use need be in memory. */
abstract class CellBlocks {
  /** The level of all cells; 0 if there is more than one block. */
  abstract int level();

  abstract int blocks();

  /** A block's cells, at least one. */
  abstract Cells block(int block);

  /** The greatest key in a block. */
  abstract long greatest(int block);

  /** How many values stand in the blocks before this one; of the number of blocks: in all. */
  abstract long countBefore(int block);

  static CellBlocks inMemory(Cells cells) {
    return new InMemory(cells);
  }

  /** The block that holds the order statistic of this rank, from 0. */
  final int blockOf(long rank) {
    int from = 0;
    int to = blocks() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (countBefore(middle + 1) > rank) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** The first block with a key that is at least this; the number of blocks if there is none. */
  final int firstReaching(long key) {
    int from = 0;
    int to = blocks();
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (greatest(middle) >= key) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** All cells in at most so many, at least two, at the least level that does it. */
  final Cells within(int most) {
    Levels levels = new Levels();
    for (CellCursor cell = new CellCursor(this); cell.present(); cell.next()) {
      levels.add(cell.low());
    }
    return atLevel(Math.max(level(), levels.leastWithin(most)));
  }

  /** All cells, those that agree at a level together; the level is theirs or above. */
  final Cells atLevel(int level) {
    int groups = 0;
    long previous = 0;
    for (CellCursor cell = new CellCursor(this); cell.present(); cell.next()) {
      groups += groups == 0 || cell.low() >> level != previous >> level ? 1 : 0;
      previous = cell.low();
    }
    long[] low = new long[groups];
    long[] high = level == 0 ? low : new long[groups];
    long[] count = new long[groups];
    int group = -1;
    for (CellCursor cell = new CellCursor(this); cell.present(); cell.next()) {
      if (group < 0 || cell.low() >> level != low[group] >> level) {
        low[++group] = cell.low();
      }
      high[group] = cell.high();
      count[group] += cell.count();
    }
    return new Cells(level, groups, low, high, count);
  }

  /** How many values stand in the cells of a block before each; null: one in each. */
  static long[] countsBefore(Cells cells) {
    if (cells.count() == null) {
      return null;
    }
    long[] before = new long[cells.size() + 1];
    for (int i = 0; i < cells.size(); i++) {
      before[i + 1] = before[i] + cells.count()[i];
    }
    return before;
  }

  private static final class InMemory extends CellBlocks {
    private final Cells cells;
    private final long total;

    InMemory(Cells cells) {
      this.cells = cells;
      total =
          cells.count() == null
              ? cells.size()
              : Arrays.stream(cells.count(), 0, cells.size()).sum();
    }

    @Override
    int level() {
      return cells.level();
    }

    @Override
    int blocks() {
      return cells.size() == 0 ? 0 : 1;
    }

    @Override
    Cells block(int block) {
      return cells;
    }

    @Override
    long greatest(int block) {
      return cells.high()[cells.size() - 1];
    }

    @Override
    long countBefore(int block) {
      return block == 0 ? 0 : total;
    }
  }
}
