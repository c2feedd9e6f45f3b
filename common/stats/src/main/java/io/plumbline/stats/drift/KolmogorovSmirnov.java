package io.plumbline.stats.drift;

/**
 * The p-value of the two-sample Kolmogorov-Smirnov test, two-sided: the chance that two samples of
 * {@code n} and {@code m} values of one continuous distribution have empirical distribution
 * functions at least {@code d} apart.
 */
public final class KolmogorovSmirnov {
  /** Both sizes up to which the p-value is exact. */
  public static final long EXACT_SIZE = 10_000;

  private KolmogorovSmirnov() {}

  /**
   * The exact p-value where both samples have at most {@link #EXACT_SIZE} values, else the
   * asymptotic one.
   *
   * @param d the statistic, 0 to 1
   */
  public static double pValue(double d, long n, long m) {
    return Math.max(n, m) <= EXACT_SIZE ? exactPValue(d, n, m) : asymptoticPValue(d, n, m);
  }

  /**
   * The p-value of a one-sample test with {@code n m / (n + m)} values, rounded to the nearest
   * whole number (ties to even), as {@code scipy.stats.ks_2samp(method="asymp")}.
   */
  public static double asymptoticPValue(double d, long n, long m) {
    double size = Math.rint((double) n * m / ((double) n + m));
    return OneSampleKolmogorov.survival(d, size);
  }

  /**
   * The exact p-value. In a random order of both samples' values the pair (values of the first so
   * far, values of the second so far) walks on a lattice; the statistic reaches {@code d} if the
   * walk leaves a band around the diagonal. The chances of leaving it are summed over the places
   * where it is first left, all of them positive, so that a p-value of 1e-200 has as many digits as
   * one of 0.5.
   *
   * <p>Takes time in proportion to {@code (n + m)} times the width of the band.
   */
  public static double exactPValue(double d, long n, long m) {
    long divisor = gcd(n, m);
    long stepOfFirst = m / divisor;
    long stepOfSecond = n / divisor;
    // The statistic is a whole multiple of 1 / lcm(n, m).
    long reach = Math.round(d * n * stepOfFirst);
    if (reach <= 0) {
      return 1;
    }
    return new BandWalk(Math.toIntExact(n), Math.toIntExact(m), stepOfFirst, stepOfSecond, reach)
        .chanceOfLeaving();
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** The walk, step by step; {@code chance[i]}: to have i values of the first and be inside yet. */
  private record BandWalk(int n, int m, long stepOfFirst, long stepOfSecond, long reach) {

    double chanceOfLeaving() {
      double[] chance = new double[n + 2];
      chance[0] = 1;
      int least = 0;
      int greatest = 0;
      double left = 0;
      int total = n + m;
      for (int step = 1; step <= total; step++) {
        double perRest = 1.0 / (total - step + 1);
        int newLeast = Math.max(least, step - m);
        int newGreatest = Math.min(greatest + 1, n);
        // From above, so that the chance of the step before is still there to be read.
        for (int i = newGreatest; i >= newLeast; i--) {
          int j = step - i;
          double arrived = 0;
          if (i > least - 1 && i <= greatest && j >= 1) {
            arrived += chance[i] * ((m - j + 1) * perRest);
          }
          if (i - 1 >= least) {
            arrived += chance[i - 1] * ((n - i + 1) * perRest);
          }
          if (Math.abs(i * stepOfFirst - j * stepOfSecond) >= reach) {
            left += arrived;
            arrived = 0;
          }
          chance[i] = arrived;
        }
        while (newLeast <= newGreatest && outside(newLeast, step)) {
          newLeast++;
        }
        while (newGreatest >= newLeast && outside(newGreatest, step)) {
          newGreatest--;
        }
        if (newLeast > newGreatest) {
          break;
        }
        least = newLeast;
        greatest = newGreatest;
      }
      return Math.min(1, left);
    }

    private boolean outside(int i, int step) {
      return Math.abs(i * stepOfFirst - (step - i) * stepOfSecond) >= reach;
    }
  }
}
