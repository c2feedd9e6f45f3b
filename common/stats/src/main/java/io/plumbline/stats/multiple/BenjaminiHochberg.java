package io.plumbline.stats.multiple;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The false discovery rate procedure of Benjamini and Hochberg, Journal of the Royal Statistical
 * Society B 57 (1995): among the tests whose q-value is below Q, a share of Q is expected to be
 * false.
 */
public final class BenjaminiHochberg {
  private BenjaminiHochberg() {}

  /**
   * The q-value of each p-value, {@code min over j >= i of p(j) n / j} in ascending order, at most
   * 1. A NaN is no test: it stays NaN and does not count.
   */
  public static double[] adjust(double[] p) {
    int[] ascending =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] q = new double[p.length];
    Arrays.fill(q, Double.NaN);
    double least = 1;
    for (int rank = ascending.length; rank >= 1; rank--) {
      int i = ascending[rank - 1];
      least = Math.min(least, p[i] * ascending.length / rank);
      q[i] = least;
    }
    return q;
  }
}
