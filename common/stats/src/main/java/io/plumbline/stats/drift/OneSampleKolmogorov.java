package io.plumbline.stats.drift;

import org.apache.commons.numbers.gamma.LogGamma;

/**
 * The distribution of the two-sided one-sample Kolmogorov-Smirnov statistic, by the method that
 * Simard and L'Ecuyer, "Computing the Two-Sided Kolmogorov-Smirnov Distribution", Journal of
 * Statistical Software 39 (2011), find best in each region. The regions are those of scipy's {@code
 * kstwo}, so that the two agree also where approximations meet.
 */
final class OneSampleKolmogorov {
  private static final double ALWAYS_ZERO = 370;
  private static final double TAIL = 2.2;
  private static final double CDF_IS_ONE = 18;
  private static final double MATRIX_REGION = 1.4;
  private static final long MATRIX_SIZE = 100_000;
  private static final int SMALL = 140;
  private static final double SMALL_TAIL = 4;
  private static final double MOST_SUMMED = 1e6;

  private OneSampleKolmogorov() {}

  /**
   * The chance of a statistic of at least {@code d} with a sample of {@code n} values.
   *
   * @param n a whole number, 0 or more
   */
  static double survival(double d, double n) {
    double reach = n * d;
    if (n < 1 || reach <= 0.5) {
      return 1;
    }
    if (d >= 1) {
      return 0;
    }
    if (reach <= 1) {
      return 1 - nearLeast(reach, n);
    }
    if (reach >= n - 1) {
      return 2 * Math.pow(1 - d, n);
    }
    if (d >= 0.5) {
      return Math.min(1, 2 * oneSided(d, n));
    }
    double square = reach * d;
    if (n <= SMALL) {
      return square <= SMALL_TAIL
          ? 1 - DurbinMatrix.cdf(d, (int) n)
          : Math.min(1, 2 * oneSided(d, n));
    }
    if (square >= ALWAYS_ZERO) {
      return 0;
    }
    if (square >= TAIL) {
      return Math.min(1, 2 * oneSided(d, n));
    }
    if (square >= CDF_IS_ONE) {
      return 0;
    }
    double cdf =
        n <= MATRIX_SIZE && n * Math.pow(d, 1.5) <= MATRIX_REGION
            ? DurbinMatrix.cdf(d, (int) n)
            : PelzGood.cdf(d, n);
    return Math.max(0, 1 - cdf);
  }

  /** The cdf for {@code 1/2 < n d <= 1}: {@code n! (2 d - 1/n)^n} (Ruben and Gambino). */
  private static double nearLeast(double reach, double n) {
    double log = LogGamma.value(n + 1) + n * Math.log((2 * reach - 1) / n);
    return Math.exp(log);
  }

  /**
   * The chance that the one-sided statistic reaches {@code d}: the finite sum of Birnbaum and
   * Tingey (1951); beyond a million values its limit with Stephens' correction.
   */
  private static double oneSided(double d, double n) {
    if (n > MOST_SUMMED) {
      double shifted = 6 * n * d + 1;
      return Math.exp(-shifted * shifted / 18 / n);
    }
    int last = (int) Math.floor(n * (1 - d));
    double logCombinations = 0;
    double sum = Math.exp(n * Math.log1p(-d));
    for (int j = 1; j <= last; j++) {
      logCombinations += Math.log((n - j + 1) / j);
      double share = d + j / n;
      double rest = 1 - share;
      if (rest > 0) {
        sum += d * Math.exp(logCombinations + (j - 1) * Math.log(share) + (n - j) * Math.log(rest));
      }
    }
    return sum;
  }
}
