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
