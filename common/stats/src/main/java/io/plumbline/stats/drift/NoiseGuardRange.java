package io.plumbline.stats.drift;

/**
 * Between what the p-value of {@link NoiseGuard#numericPValue} lies where the counts of bins are
 * only known within limits.
 *
 * @param least and {@code greatest}: 0 to 1
 */
public record NoiseGuardRange(double least, double greatest) {
  /** Where the counts say nothing of the p-value. */
  public static final NoiseGuardRange ANY = new NoiseGuardRange(0, 1);

  /**
   * What is known of one side.
   *
   * @param least values in each bin, {@code greatest} the most
   * @param total of all bins, which is known
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Side(long[] least, long[] greatest, long total) {}

  /**
   * The range over all counts within the limits; {@link #ANY} where these leave open which bins are
   * merged. The statistic is a sum over bins of a term that is convex and 0 where the shares are
   * the same, so that its extremes are at corners.
   */
  public static NoiseGuardRange of(Side reference, Side current) {
    if (reference.total == 0 || current.total == 0) {
      return new NoiseGuardRange(1, 1);
    }
    return new Walk(reference, current).range();
  }

  /** Joins neighbours as the guard does. */
  private static final class Walk {
    private final Side reference;
    private final Side current;
    private final double n;
    private final double m;
    private double least;
    private double greatest;
    private int groups;
    private Limits last = Limits.NONE;

    Walk(Side reference, Side current) {
      this.reference = reference;
      this.current = current;
      n = reference.total;
      m = current.total;
    }

    NoiseGuardRange range() {
      double fraction = Math.min(n, m) / (n + m);
      Limits open = Limits.NONE;
      for (int bin = 0; bin < reference.least.length; bin++) {
        open =
            new Limits(
                open.e + reference.least[bin],
                open.mostE + reference.greatest[bin],
                open.a + current.least[bin],
                open.mostA + current.greatest[bin]);
        boolean certain = (open.e + open.a) * fraction >= NoiseGuard.EXPECTED;
        if (!certain && (open.mostE + open.mostA) * fraction >= NoiseGuard.EXPECTED) {
          return ANY;
        }
        if (certain) {
          addLast();
          last = open;
          groups++;
          open = Limits.NONE;
        }
      }
      last =
          new Limits(
              last.e + open.e, last.mostE + open.mostE, last.a + open.a, last.mostA + open.mostA);
      addLast();
      return groups < 2
          ? new NoiseGuardRange(1, 1)
          : new NoiseGuardRange(
              ChiSquared.pValue(greatest, groups - 1), ChiSquared.pValue(least, groups - 1));
    }

    private void addLast() {
      if (groups == 0) {
        return;
      }
      double e = last.e;
      double a = last.a;
      double mostE = Math.min(last.mostE, n);
      double mostA = Math.min(last.mostA, m);
      greatest +=
          Math.max(
              Math.max(term(e, a), term(mostE, mostA)), Math.max(term(e, mostA), term(mostE, a)));
      if (mostE * m < a * n) {
        least += term(mostE, a);
      } else if (mostA * n < e * m) {
        least += term(e, mostA);
      }
    }

    /** What a group adds to the statistic. */
    private double term(double e, double a) {
      double apart = a * n - e * m;
      return e + a == 0 ? 0 : apart / n * (apart / m) / (e + a);
    }
  }

  /** The least and the most that a group holds of the reference and of the current side. */
  private record Limits(long e, long mostE, long a, long mostA) {
    static final Limits NONE = new Limits(0, 0, 0, 0);
  }
}
