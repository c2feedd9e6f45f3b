package io.plumbline.stats.numeric;

import io.plumbline.stats.CompensatedSum;

/**
 * One walk over two sorted samples, which gives the two-sample Kolmogorov-Smirnov statistic
 * (greatest distance of the empirical distribution functions) and the Wasserstein-1 distance (the
 * integral of that distance, in the feature's unit).
 *
 * <p>Where a cell holds several values, both are known only within an interval; the bounds say how
 * far the reported value may be from the true one, and are 0 if all cells are exact.
 *
 * @param ksStatistic 0 to 1; of a cell that is not exact, only the ends are looked at
 * @param ksBound the true statistic is at most this much greater
 * @param wasserstein 0 or more; infinite where it is beyond the range of doubles
 * @param wassersteinBound greatest error of the distance, beside rounding
 */
public record TwoSampleWalk(
    double ksStatistic, double ksBound, double wasserstein, double wassersteinBound) {
  /** Values beyond this may differ by more than a double can hold. */
  private static final double SAFE_MAGNITUDE = Double.MAX_VALUE / 4;

  private static final double SCALED_DOWN = 0x1p-3;

  /**
   * @throws IllegalArgumentException if a side has no values, or the two are of different domains
   */
  public static TwoSampleWalk of(Distribution reference, Distribution current) {
    if (reference.count() == 0 || current.count() == 0) {
      throw new IllegalArgumentException("no values on one side");
    }
    if (!reference.domain().equals(current.domain())) {
      throw new IllegalArgumentException(
          "cannot compare %s with %s".formatted(reference.domain(), current.domain()));
    }
    Walk walk = new Walk(reference, current);
    if (reference.exact() && current.exact()) {
      walk.runExact();
    } else {
      walk.runCells();
    }
    return walk.result();
  }

  private static final class Walk {
    private final NumericDomain domain;
    private final CellCursor r;
    private final CellCursor c;
    private final double n;
    private final double m;
    private final double factor;

    private double statistic;
    private double greatest;
    private final CompensatedSum distance = new CompensatedSum();
    private double uncertain;

    Walk(Distribution reference, Distribution current) {
      domain = reference.domain();
      r = reference.cursor();
      c = current.cursor();
      n = reference.count();
      m = current.count();
      double magnitude =
          Math.max(
              Math.max(Math.abs(reference.min()), Math.abs(reference.max())),
              Math.max(Math.abs(current.min()), Math.abs(current.max())));
      factor = magnitude > SAFE_MAGNITUDE ? SCALED_DOWN : 1;
    }

    /** Where each cell is one value. This is where the time goes, so all is at hand. */
    void runExact() {
      long ofReference = 0;
      long ofCurrent = 0;
      boolean begun = false;
      long previous = 0;
      boolean ofR = r.fill();
      boolean ofC = c.fill();
      while (ofR || ofC) {
        long[] rKeys = r.keys();
        long[] cKeys = c.keys();
        long[] rCounts = r.counts();
        long[] cCounts = c.counts();
        int i = r.from();
        int j = c.from();
        int rEnd = r.end();
        int cEnd = c.end();
        // Until one of the blocks is used up; or, if there is no more of one side, the other.
        while ((i < rEnd || !ofR) && (j < cEnd || !ofC)) {
          long key = i == rEnd ? cKeys[j] : j == cEnd ? rKeys[i] : Math.min(rKeys[i], cKeys[j]);
          if (begun && key != previous) {
            // Only now is it sure that no block goes on with the key before.
            double apart = Math.abs(ofReference / n - ofCurrent / m);
            if (apart != 0) {
              statistic = Math.max(statistic, apart);
              distance.add(apart * domain.difference(previous, key, factor));
            }
          }
          for (; i < rEnd && rKeys[i] == key; i++) {
            ofReference += rCounts == null ? 1 : rCounts[i];
          }
          for (; j < cEnd && cKeys[j] == key; j++) {
            ofCurrent += cCounts == null ? 1 : cCounts[j];
          }
          previous = key;
          begun = true;
        }
        r.skipTo(i);
        c.skipTo(j);
        ofR = r.fill();
        ofC = c.fill();
      }
    }

    void runCells() {
      long ofReference = 0;
      long ofCurrent = 0;
      double apart = 0;
      double f = 0;
      double g = 0;
      long previous = 0;
      while (r.present() || c.present()) {
        long low = least();
        long high = low;
        // Cells that overlap are one: where in it the values are, either side's may be first.
        while ((r.present() && r.low() <= high) || (c.present() && c.low() <= high)) {
          if (r.present() && r.low() <= high) {
            high = Math.max(high, r.high());
            ofReference += r.count();
            r.next();
          } else {
            high = Math.max(high, c.high());
            ofCurrent += c.count();
            c.next();
          }
        }
        if (apart != 0) {
          distance.add(apart * domain.difference(previous, low, factor));
        }
        double fAfter = ofReference / n;
        double gAfter = ofCurrent / m;
        double apartAfter = Math.abs(fAfter - gAfter);
        if (apartAfter > statistic) {
          statistic = apartAfter;
        }
        if (low != high) {
          // Inside, one side may have risen wholly before the other.
          double crossed = Math.max(Math.abs(fAfter - g), Math.abs(f - gAfter));
          double nearest = Math.max(0, Math.max(f - gAfter, g - fAfter));
          greatest = Math.max(greatest, crossed);
          double width = domain.difference(low, high, factor);
          double estimate = width * (apart + apartAfter) / 2;
          distance.add(estimate);
          uncertain += Math.max(estimate - width * nearest, width * crossed - estimate);
        }
        apart = apartAfter;
        f = fAfter;
        g = gAfter;
        previous = high;
      }
    }

    private long least() {
      if (!r.present()) {
        return c.low();
      }
      return c.present() ? Math.min(r.low(), c.low()) : r.low();
    }

    TwoSampleWalk result() {
      return new TwoSampleWalk(
          statistic,
          Math.max(0, greatest - statistic),
          distance.value() / factor,
          uncertain / factor);
    }
  }
}
