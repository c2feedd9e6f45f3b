package io.plumbline.stats.numeric;

/**
 * The sorted distribution of the finite values of one side: immutable, and exact unless its cells
 * are wider than one value.
 */
public final class Distribution {
  private final NumericDomain domain;
  private final Cells cells;
  private final long[] below;

  Distribution(NumericDomain domain, Cells cells) {
    this.domain = domain;
    this.cells = cells;
    below = new long[cells.size() + 1];
    long total = 0;
    for (int i = 0; i < cells.size(); i++) {
      total += cells.count()[i];
      below[i + 1] = total;
    }
  }

  NumericDomain domain() {
    return domain;
  }

  /** Its keys and their counts. */
  public Cells cells() {
    return cells;
  }

  /** The number of values. */
  public long count() {
    return below[cells.size()];
  }

  /** Whether every value is known, so that what is computed from it is exact. */
  public boolean exact() {
    return cells.level() == 0;
  }

  /** The same with at most so many cells: exact still, if the values are that few. */
  public Distribution within(int mostCells) {
    return cells.size() <= mostCells ? this : new Distribution(domain, cells.within(mostCells));
  }

  Distribution atLevel(int level) {
    return level == cells.level() ? this : new Distribution(domain, cells.atLevel(level));
  }

  /** The least value as a double; NaN without values. */
  public double min() {
    return cells.size() == 0 ? Double.NaN : domain.toDouble(cells.low()[0]);
  }

  /** The greatest value as a double; NaN without values. */
  public double max() {
    return cells.size() == 0 ? Double.NaN : domain.toDouble(cells.high()[cells.size() - 1]);
  }

  /**
   * The value at {@code percent} of the way through the sorted values, as {@code
   * numpy.percentile(values, percent)} with its default linear interpolation; NaN without values.
   * Where the distribution is not exact, at most {@link #quantileBound} off.
   */
  public double quantile(double percent) {
    if (count() == 0) {
      return Double.NaN;
    }
    double index = virtualIndex(percent);
    long rank = (long) Math.floor(index);
    long next = Math.min(rank + 1, count() - 1);
    return domain.interpolate(cells.low()[cellOf(rank)], cells.low()[cellOf(next)], index - rank);
  }

  /** The greatest error of {@link #quantile}, 0 where exact. */
  public double quantileBound(double percent) {
    if (count() == 0 || exact()) {
      return 0;
    }
    long rank = (long) Math.floor(virtualIndex(percent));
    int cell = cellOf(rank);
    int next = cellOf(Math.min(rank + 1, count() - 1));
    return Math.max(width(cell), width(next));
  }

  private double width(int cell) {
    return domain.difference(cells.low()[cell], cells.high()[cell], 1);
  }

  private double virtualIndex(double percent) {
    return (count() - 1) * (percent / 100);
  }

  /** The cell that holds the order statistic of this rank, from 0. */
  int cellOf(long rank) {
    int from = 0;
    int to = cells.size() - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (below[middle + 1] > rank) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  /** How many values stand in the cells before this one. */
  long countBefore(int cell) {
    return below[cell];
  }

  /** The first cell whose greatest key is at least this; the number of cells if none. */
  int firstCellReaching(long key) {
    int from = 0;
    int to = cells.size();
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
