package io.plumbline.stats.drift;

/**
 * The Jensen-Shannon distance: the square root of the divergence to base 2, from 0 (equal
 * proportions) to 1 (nothing in common), as {@code scipy.spatial.distance.jensenshannon(base=2)}.
 * Other tools give the divergence itself, or natural logarithms, the same name.
 */
public final class JensenShannon {
  private JensenShannon() {}

  /**
   * @param reference and {@code current}: counts in the same bins
   * @throws IllegalArgumentException if a side is empty
   */
  public static double distance(long[] reference, long[] current) {
    double n = 0;
    double m = 0;
    for (int i = 0; i < reference.length; i++) {
      n += reference[i];
      m += current[i];
    }
    if (n == 0 || m == 0) {
      throw new IllegalArgumentException("a side without a count");
    }
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      double p = reference[i] / n;
      double q = current[i] / m;
      sum += term(p, q);
    }
    return Math.min(1, Math.sqrt(Math.max(0, sum / 2 / Math.log(2))));
  }

  /**
   * {@code p ln(p/c) + q ln(q/c)} with {@code c} the mean of both. Near the diagonal the two nearly
   * cancel, so there it is the series in the relative distance from the mean.
   */
  private static double term(double p, double q) {
    if (p == q) {
      return 0;
    }
    double mean = (p + q) / 2;
    double t = (p - q) / (p + q);
    if (Math.abs(t) < 1e-2) {
      double t2 = t * t;
      return 2 * mean * t2 * (1.0 / 2 + t2 * (1.0 / 12 + t2 * (1.0 / 30 + t2 * (1.0 / 56))));
    }
    return relative(p, mean) + relative(q, mean);
  }

  private static double relative(double share, double mean) {
    return share == 0 ? 0 : share * Math.log(share / mean);
  }
}
