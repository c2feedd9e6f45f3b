package io.plumbline.stats.numeric;

import io.plumbline.stats.numeric.Distribution.Place;

/**
 * A quantile of a distribution, by linear interpolation between order statistics. Where doubles
 * hold these it is that of {@code numpy.percentile} to the last bit, else it is exact: position and
 * interpolation are fractions then.
 *
 * @param value as a double
 * @param cut the least key at or above it
 * @param between whether it is known to be neither of the order statistics that it lies between,
 *     though as a double it may look like one
 * @param low the order statistic below
 * @param high and above; the same, where the quantile is an order statistic
 */
record Quantile(double value, long cut, boolean between, Place low, Place high) {

  /**
   * The {@code k}-th of the {@code number}-quantiles: 0 gives the least value, {@code number} the
   * greatest.
   *
   * @param values at least one
   */
  static Quantile of(Distribution values, int k, int number) {
    NumericDomain domain = values.domain();
    long last = values.count() - 1;
    // As numpy: percent / 100 first, the fractional index from that double.
    double percent = k == number ? 100 : k * (100.0 / number);
    double index = last * (percent / 100);
    long rank = Math.min((long) Math.floor(index), last);
    double weight = index - rank;
    Place low = values.place(rank);
    Place high = weight == 0 ? low : values.place(Math.min(rank + 1, last));
    if (domain.inDoubles(low.low()) && domain.inDoubles(high.low())) {
      double value = domain.interpolate(low.low(), high.low(), weight);
      long cut = domain.cut(low.low(), high.low(), weight, 0, number);
      return new Quantile(value, cut, false, low, high);
    }
    return exact(values, Math.multiplyExact(last, (long) k), number);
  }

  private static Quantile exact(Distribution values, long numerator, long number) {
    NumericDomain domain = values.domain();
    long rank = numerator / number;
    long part = numerator % number;
    Place low = values.place(rank);
    Place high = part == 0 ? low : values.place(rank + 1);
    double value = domain.interpolateExactly(low.low(), high.low(), part, number);
    long cut = domain.cut(low.low(), high.low(), (double) part / number, part, number);
    return new Quantile(value, cut, low.low() != high.low(), low, high);
  }

  /** Whether two are the same value. */
  boolean isAt(Quantile other) {
    return value == other.value && cut == other.cut && !between && !other.between;
  }

  private boolean exact() {
    return low.exact() && high.exact();
  }

  /** The least key at which the cut may be in truth. */
  long least() {
    return exact() ? cut : low.low();
  }

  /** The greatest. */
  long greatest() {
    return exact() ? cut : high.high();
  }

  /** How far the value may be from the truth. */
  double bound(NumericDomain domain) {
    return Math.max(width(domain, low), width(domain, high));
  }

  private static double width(NumericDomain domain, Place place) {
    return domain.difference(place.low(), place.high(), 1);
  }
}
