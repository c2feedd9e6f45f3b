package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * The sorted distribution of the finite values of one side: immutable, and exact unless its cells
 * are wider than one value.
 */
public final class Distribution {
  private final NumericDomain domain;
  private final CellBlocks blocks;

  /** The block that was looked into last, and how many values stand before each of its cells. */
  private int known = -1;

  private Cells cells;
  private long[] before;

  Distribution(NumericDomain domain, CellBlocks blocks) {
    this.domain = domain;
    this.blocks = blocks;
  }

  Distribution(NumericDomain domain, Cells cells) {
    this(domain, CellBlocks.inMemory(cells));
  }

  /**
   * Where an order statistic is: all that is known of it.
   *
   * @param low the least key of its cell
   * @param high the greatest, the same where the cell is exact
   */
  record Place(long low, long high) {
    boolean exact() {
      return low == high;
    }
  }

  NumericDomain domain() {
    return domain;
  }

  CellCursor cursor() {
    return new CellCursor(blocks);
  }

  /** The number of values. */
  public long count() {
    return blocks.countBefore(blocks.blocks());
  }

  /** Whether every value is known, so that what is computed from it is exact. */
  public boolean exact() {
    return blocks.level() == 0;
  }

  /**
   * Its keys and their counts in at most so many cells, at least two: exact still, if the distinct
   * values are that few.
   */
  public Cells cells(int most) {
    return blocks.within(most);
  }

  /** The least value as a double; NaN without values. */
  public double min() {
    return count() == 0 ? Double.NaN : domain.toDouble(place(0).low);
  }

  /** The greatest value as a double; NaN without values. */
  public double max() {
    return count() == 0 ? Double.NaN : domain.toDouble(blocks.greatest(blocks.blocks() - 1));
  }

  /** The greatest value less the least; 0 without values. */
  double range() {
    return count() == 0
        ? 0
        : domain.difference(place(0).low, blocks.greatest(blocks.blocks() - 1), 1);
  }

  /**
   * How many values are distinct; where they are known in cells only, the number that it may be at
   * most.
   */
  long distinctAtMost() {
    long distinct = 0;
    long previous = 0;
    for (CellCursor cell = cursor(); cell.present(); cell.next()) {
      boolean again = distinct > 0 && cell.low() == previous;
      distinct += distinctIn(cell) - (again ? 1 : 0);
      previous = cell.high();
    }
    return distinct;
  }

  /** Whether a value certainly stands more than once. */
  boolean repeats() {
    boolean first = true;
    long previous = 0;
    for (CellCursor cell = cursor(); cell.present(); cell.next()) {
      // At level 0 cells of the same key may stand beside each other.
      boolean again = !first && cell.low() == previous;
      if (again || distinctIn(cell) < cell.count()) {
        return true;
      }
      first = false;
      previous = cell.high();
    }
    return false;
  }

  /** No more values of a cell are distinct than it has keys. */
  private static long distinctIn(CellCursor cell) {
    long further = cell.high() - cell.low();
    return Long.compareUnsigned(further, cell.count() - 1) >= 0 ? cell.count() : further + 1;
  }

  /**
   * The {@code k}-th of the {@code number}-quantiles, as {@code numpy.percentile(values, 100 * k /
   * number)} with its default linear interpolation; NaN without values. Where the distribution is
   * not exact, at most {@link #quantileBound} off.
   */
  public double quantile(int k, int number) {
    return count() == 0 ? Double.NaN : Quantile.of(this, k, number).value();
  }

  /** The greatest error of {@link #quantile}, 0 where exact. */
  public double quantileBound(int k, int number) {
    return count() == 0 || exact() ? 0 : Quantile.of(this, k, number).bound(domain);
  }

  /** The order statistic of a rank, from 0. */
  Place place(long rank) {
    int block = blocks.blockOf(rank);
    look(block);
    long within = rank - blocks.countBefore(block);
    int cell = (int) within;
    if (before != null) {
      int found = Arrays.binarySearch(before, within);
      cell = found >= 0 ? found : -found - 2;
    }
    return new Place(cells.low()[cell], cells.high()[cell]);
  }

  /** How many values are less than a key, without those of a cell that it divides. */
  long certainlyBelow(long key) {
    int block = blocks.firstReaching(key);
    return block == blocks.blocks() ? count() : countBefore(block, firstCellReaching(block, key));
  }

  /** How many values are less than a key, with those of a cell that it divides. */
  long possiblyBelow(long key) {
    int block = blocks.firstReaching(key);
    if (block == blocks.blocks()) {
      return count();
    }
    int cell = firstCellReaching(block, key);
    return countBefore(block, cells.low()[cell] < key ? cell + 1 : cell);
  }

  private long countBefore(int block, int cell) {
    return blocks.countBefore(block) + (before == null ? cell : before[cell]);
  }

  private void look(int block) {
    if (known != block) {
      cells = blocks.block(block);
      before = CellBlocks.countsBefore(cells);
      known = block;
    }
  }

  /** The first cell of a block whose greatest key is at least this; there is one. */
  private int firstCellReaching(int block, long key) {
    look(block);
    int from = 0;
    int to = cells.size() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (cells.high()[middle] >= key) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }
}
