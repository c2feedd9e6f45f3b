package io.plumbline.stats.numeric;

import java.util.ArrayList;
import java.util.List;

/**
 * The bins of a reference: cut at its quantiles, the outer two open. A value that is several of
 * these quantiles at once is an <em>atom</em>, a bin of its own; so a feature that is mostly zero,
 * or constant, keeps its zero or constant apart from what is near it.
 *
 * <p>Bin {@code i} holds the keys from cut {@code i - 1} up to, without, cut {@code i}.
 */
public final class Bins {
  private final Cut[] cuts;
  private final int[] quantilesInside;

  /**
   * Where one bin ends and the next begins.
   *
   * @param key the least key of the next bin
   * @param edge the same as a number
   * @param least and {@code greatest}: between which keys it may be in truth; the same as the key
   *     where the reference's distribution is exact
   */
  private record Cut(long key, double edge, long least, long greatest) {}

  private Bins(Cut[] cuts, int[] quantilesInside) {
    this.cuts = cuts;
    this.quantilesInside = quantilesInside;
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
    Quantile[] quantiles = new Quantile[number + 1];
    for (int k = 0; k <= number; k++) {
      quantiles[k] = Quantile.of(reference, k, number);
    }
    Builder builder = new Builder();
    int k = 0;
    while (k <= number) {
      int same = k + 1;
      while (same <= number && quantiles[same].isAt(quantiles[k])) {
        same++;
      }
      if (same - k > 1) {
        builder.atom(quantiles[k], same - k);
      } else if (k > 0 && k < number) {
        builder.cut(cutAt(quantiles[k]));
      }
      k = same;
    }
    return builder.build();
  }

  private static Cut cutAt(Quantile quantile) {
    return new Cut(quantile.cut(), quantile.value(), quantile.least(), quantile.greatest());
  }

  private static final class Builder {
    private final List<Cut> cuts = new ArrayList<>();
    private final List<Integer> quantilesInside = new ArrayList<>(List.of(0));

    void cut(Cut cut) {
      // A cut at the end of an atom may be there already.
      if (cuts.isEmpty() || cuts.get(cuts.size() - 1).key < cut.key) {
        cuts.add(cut);
        quantilesInside.add(0);
      } else if (cuts.get(cuts.size() - 1).greatest < cut.greatest) {
        Cut last = cuts.remove(cuts.size() - 1);
        cuts.add(new Cut(last.key, last.edge, last.least, cut.greatest));
      }
    }

    /** Quantiles that are one value; or, in a cell that is not exact, that may be. */
    void atom(Quantile value, int quantiles) {
      cut(cutAt(value));
      Cut start = cuts.remove(cuts.size() - 1);
      cuts.add(new Cut(start.key, value.value(), start.least, start.greatest));
      quantilesInside.set(cuts.size(), quantiles);
      if (value.greatest() < Long.MAX_VALUE) {
        long end = value.greatest() + 1;
        boolean exact = value.greatest() == value.least();
        cut(new Cut(end, value.value(), exact ? end : value.least(), end));
      }
    }

    Bins build() {
      return new Bins(
          cuts.toArray(Cut[]::new), quantilesInside.stream().mapToInt(Integer::intValue).toArray());
    }
  }

  /**
   * Bins as they were kept elsewhere.
   *
   * @param cuts the least key of each bin but the first, ascending
   * @param edges the same as numbers
   * @param quantilesInside of each bin: how many quantiles are its one value; 0 if it is no atom
   */
  public static Bins of(long[] cuts, double[] edges, int[] quantilesInside) {
    if (edges.length != cuts.length || quantilesInside.length != cuts.length + 1) {
      throw new IllegalArgumentException(
          "%s cuts, %s edges, %s bins"
              .formatted(cuts.length, edges.length, quantilesInside.length));
    }
    Cut[] exact = new Cut[cuts.length];
    for (int i = 0; i < cuts.length; i++) {
      if (i > 0 && cuts[i] <= cuts[i - 1]) {
        throw new IllegalArgumentException("cuts do not ascend");
      }
      exact[i] = new Cut(cuts[i], edges[i], cuts[i], cuts[i]);
    }
    return new Bins(exact, quantilesInside.clone());
  }

  /** The number of bins, atoms included. */
  public int size() {
    return cuts.length + 1;
  }

  /** The lower end of a bin; negative infinity for the first. */
  public double from(int bin) {
    return bin == 0 ? Double.NEGATIVE_INFINITY : cuts[bin - 1].edge;
  }

  /** The upper end of a bin, without it unless it is an atom; infinity for the last. */
  public double to(int bin) {
    return bin == cuts.length ? Double.POSITIVE_INFINITY : cuts[bin].edge;
  }

  /** The least key of a bin, which is not the first: that one is open. */
  public long leastKey(int bin) {
    return cuts[bin - 1].key;
  }

  /** How many of the quantiles are the one value of a bin; 0 if it is no atom. */
  public int quantilesIn(int bin) {
    return quantilesInside[bin];
  }

  /** Whether a bin holds a single value. */
  public boolean atom(int bin) {
    return quantilesInside[bin] > 0;
  }

  /** How many values are in each bin; each cell counts where its least key is. */
  public long[] count(Distribution distribution) {
    long[] counts = new long[size()];
    long before = 0;
    for (int bin = 0; bin < cuts.length; bin++) {
      long below = distribution.possiblyBelow(cuts[bin].key);
      counts[bin] = below - before;
      before = below;
    }
    counts[cuts.length] = distribution.count() - before;
    return counts;
  }

  /** The least that each bin can hold, wherever in their cells values and cuts are. */
  long[] leastCount(Distribution distribution) {
    long[] counts = new long[size()];
    for (int bin = 0; bin < counts.length; bin++) {
      long to =
          bin == cuts.length ? distribution.count() : distribution.certainlyBelow(cuts[bin].least);
      long from = bin == 0 ? 0 : distribution.possiblyBelow(cuts[bin - 1].greatest);
      counts[bin] = Math.max(0, to - from);
    }
    return counts;
  }

  /** The most that each bin can hold, wherever in their cells values and cuts are. */
  long[] greatestCount(Distribution distribution) {
    long[] counts = new long[size()];
    for (int bin = 0; bin < counts.length; bin++) {
      long to =
          bin == cuts.length
              ? distribution.count()
              : distribution.possiblyBelow(cuts[bin].greatest);
      long from = bin == 0 ? 0 : distribution.certainlyBelow(cuts[bin - 1].least);
      counts[bin] = to - from;
    }
    return counts;
  }

  /**
   * Into how many bins a bin may fall apart in truth: the quantiles in a cell that is not exact may
   * be different values, some of them atoms.
   */
  int parts(int bin) {
    boolean uncertain = quantilesInside[bin] > 0 && cuts[bin - 1].least != cuts[bin - 1].greatest;
    return uncertain ? 2 * quantilesInside[bin] + 1 : 1;
  }
}
