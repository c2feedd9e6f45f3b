package io.plumbline.stats.drift;

import java.util.Arrays;

/**
 * Whether a population stability index could be noise. Without drift the index is about {@code (1/n
 * + 1/m)} times a chi-squared variable, so small windows and many categories exceed any fixed bound
 * by chance; these p-values are of the chi-squared test of homogeneity on bins that are merged
 * until each expects five values on both sides.
 */
public final class NoiseGuard {
  /** So many values each merged bin expects on the smaller side. */
  static final double EXPECTED = 5;

  private NoiseGuard() {}

  /**
   * For the bins of a numeric feature, from left to right: neighbours are joined until they expect
   * five, the remainder joins the last group. 1 with a single group or an empty side.
   */
  public static double numericPValue(long[] reference, long[] current) {
    double fraction = smallerFraction(reference, current);
    if (fraction == 0) {
      return 1;
    }
    long[] ofReference = new long[reference.length];
    long[] ofCurrent = new long[reference.length];
    int groups = 0;
    long e = 0;
    long a = 0;
    for (int i = 0; i < reference.length; i++) {
      e += reference[i];
      a += current[i];
      if ((e + a) * fraction >= EXPECTED) {
        ofReference[groups] = e;
        ofCurrent[groups++] = a;
        e = 0;
        a = 0;
      }
    }
    if (groups == 0) {
      return 1;
    }
    ofReference[groups - 1] += e;
    ofCurrent[groups - 1] += a;
    return pValue(ofReference, ofCurrent, groups);
  }

  /**
   * For the categories of both sides, in the order of their code points: each that expects five by
   * the pooled counts is a bin, all others together are one, which joins the least bin if it
   * expects less than five. 1 with a single bin or an empty side.
   */
  public static double categoricalPValue(long[] reference, long[] current) {
    double fraction = smallerFraction(reference, current);
    if (fraction == 0) {
      return 1;
    }
    long[] ofReference = new long[reference.length + 1];
    long[] ofCurrent = new long[reference.length + 1];
    int bins = 0;
    long restReference = 0;
    long restCurrent = 0;
    for (int i = 0; i < reference.length; i++) {
      if ((reference[i] + current[i]) * fraction >= EXPECTED) {
        ofReference[bins] = reference[i];
        ofCurrent[bins++] = current[i];
      } else {
        restReference += reference[i];
        restCurrent += current[i];
      }
    }
    if (restReference + restCurrent > 0) {
      boolean ownBin = bins == 0 || (restReference + restCurrent) * fraction >= EXPECTED;
      int target = ownBin ? bins++ : least(ofReference, ofCurrent, bins);
      ofReference[target] += restReference;
      ofCurrent[target] += restCurrent;
    }
    return pValue(ofReference, ofCurrent, bins);
  }

  private static int least(long[] reference, long[] current, int size) {
    int least = 0;
    for (int i = 1; i < size; i++) {
      if (reference[i] + current[i] < reference[least] + current[least]) {
        least = i;
      }
    }
    return least;
  }

  /** The smaller side's share of all values; 0 if it is empty. */
  private static double smallerFraction(long[] reference, long[] current) {
    double n = Arrays.stream(reference).sum();
    double m = Arrays.stream(current).sum();
    return n == 0 || m == 0 ? 0 : Math.min(n, m) / (n + m);
  }

  private static double pValue(long[] reference, long[] current, int size) {
    return size < 2
        ? 1
        : ChiSquared.homogeneity(Arrays.copyOf(reference, size), Arrays.copyOf(current, size))
            .pValue();
  }
}
