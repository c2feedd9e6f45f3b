package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * The bins of a reference: cut at its quantiles, the outer two open. A value that is several of
 * these quantiles at once is an <em>atom</em>, a bin of its own; so a feature that is mostly zero,
 * or constant, keeps its zero or constant apart from what is near it.
 *
 * <p>Bin {@code i} holds the keys from {@code cut[i - 1]} up to, without, {@code cut[i]}.
 */
public final class Bins {
  private final NumericDomain domain;
  private final long[] cuts;
  private final double[] edges;
  private final boolean[] atoms;

  private Bins(NumericDomain domain, long[] cuts, double[] edges, boolean[] atoms) {
    this.domain = domain;
    this.cuts = cuts;
    this.edges = edges;
    this.atoms = atoms;
  }

  /**
   * Bins at the reference's {@code number}-quantiles (10: deciles), which numpy's default method
   * gives. The least and the greatest of them cut nothing unless they are atoms.
   *
   * @param reference with at least one value
   * @param number 2 to 100
   */
  public static Bins of(Distribution reference, int number) {
    if (reference.count() == 0) {
      throw new IllegalArgumentException("no values: a reference without values has no bins");
    }
    Edge[] quantiles = new Edge[number + 1];
    for (int k = 0; k <= number; k++) {
      quantiles[k] = Edge.quantile(reference, k, number);
    }
    Builder builder = new Builder(number);
    int k = 0;
    while (k <= number) {
      int same = k + 1;
      while (same <= number
          && quantiles[same].value == quantiles[k].value
          && sameCut(quantiles, k, same)) {
        same++;
      }
      if (same - k > 1) {
        builder.atom(quantiles[k]);
      } else if (k > 0 && k < number) {
        builder.cut(quantiles[k].cut, quantiles[k].value);
      }
      k = same;
    }
    return builder.build(reference.domain());
  }

  private static boolean sameCut(Edge[] quantiles, int first, int second) {
    return quantiles[first].cut == quantiles[second].cut;
  }

  /** A quantile: its double, the least key at or above it, the greatest key that counts as it. */
  private record Edge(double value, long cut, long last) {
    static Edge quantile(Distribution reference, int k, int number) {
      long spaces = reference.count() - 1;
      // As numpy: percent / 100 first, the fractional index from that double.
      double index = spaces * ((k * (100.0 / number)) / 100);
      long rank = Math.min((long) Math.floor(index), spaces);
      int lowCell = reference.cellOf(rank);
      int highCell = reference.cellOf(Math.min(rank + 1, spaces));
      long low = reference.cells().low()[lowCell];
      long high = reference.cells().low()[highCell];
      double weight = index - rank;
      long remainder = Math.floorMod(Math.multiplyExact(spaces, (long) k), (long) number);
      long cut = reference.domain().cut(low, high, weight, remainder, number);
      // Inside a cell that is not exact the quantile may be any of the cell's keys.
      long last = cut == low ? reference.cells().high()[lowCell] : cut;
      return new Edge(reference.domain().interpolate(low, high, weight), cut, last);
    }
  }

  private static final class Builder {
    private final long[] cuts;
    private final double[] edges;
    private final boolean[] atoms;
    private int size;

    Builder(int number) {
      cuts = new long[2 * number + 2];
      edges = new double[cuts.length];
      atoms = new boolean[cuts.length + 1];
    }

    void cut(long key, double edge) {
      // A cut at the end of an atom may be there already.
      if (size == 0 || cuts[size - 1] < key) {
        cuts[size] = key;
        edges[size++] = edge;
      }
    }

    void atom(Edge edge) {
      cut(edge.cut, edge.value);
      edges[size - 1] = edge.value;
      atoms[size] = true;
      if (edge.last < Long.MAX_VALUE) {
        cuts[size] = edge.last + 1;
        edges[size++] = edge.value;
      }
    }

    Bins build(NumericDomain domain) {
      return new Bins(
          domain,
          Arrays.copyOf(cuts, size),
          Arrays.copyOf(edges, size),
          Arrays.copyOf(atoms, size + 1));
    }
  }

  /** The number of bins, atoms included. */
  public int size() {
    return cuts.length + 1;
  }

  /** The lower end of a bin; negative infinity for the first. */
  public double from(int bin) {
    return bin == 0 ? Double.NEGATIVE_INFINITY : edges[bin - 1];
  }

  /** The upper end of a bin, without it unless it is an atom; infinity for the last. */
  public double to(int bin) {
    return bin == cuts.length ? Double.POSITIVE_INFINITY : edges[bin];
  }

  /** Whether a bin holds a single value. */
  public boolean atom(int bin) {
    return atoms[bin];
  }

  /** How many values are in each bin; each cell counts where its least key is. */
  public long[] count(Distribution distribution) {
    long[] counts = new long[size()];
    long before = 0;
    for (int bin = 0; bin < cuts.length; bin++) {
      long below = below(distribution, cuts[bin], true);
      counts[bin] = below - before;
      before = below;
    }
    counts[cuts.length] = distribution.count() - before;
    return counts;
  }

  /** The least that each bin can hold, given that a value may be anywhere in its cell. */
  long[] leastCount(Distribution distribution) {
    return count(distribution, false);
  }

  /** The most that each bin can hold, given that a value may be anywhere in its cell. */
  long[] greatestCount(Distribution distribution) {
    return count(distribution, true);
  }

  private long[] count(Distribution distribution, boolean greatest) {
    long[] counts = new long[size()];
    for (int bin = 0; bin < counts.length; bin++) {
      long to =
          bin == cuts.length ? distribution.count() : below(distribution, cuts[bin], greatest);
      long from = bin == 0 ? 0 : below(distribution, cuts[bin - 1], !greatest);
      counts[bin] = Math.max(0, to - from);
    }
    return counts;
  }

  /** Values below a cut: those of a cell that the cut divides count or not, as asked. */
  private static long below(Distribution distribution, long cut, boolean dividedCount) {
    int cell = distribution.firstCellReaching(cut);
    boolean divided = cell < distribution.cells().size() && distribution.cells().low()[cell] < cut;
    return distribution.countBefore(divided && dividedCount ? cell + 1 : cell);
  }

  NumericDomain domain() {
    return domain;
  }
}
