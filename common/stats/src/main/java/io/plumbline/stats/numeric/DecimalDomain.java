package io.plumbline.stats.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;

/** Integers, and decimals as their unscaled integers. */
final class DecimalDomain extends NumericDomain {
  static final DecimalDomain INTEGERS = new DecimalDomain(0);

  /** Up to here a double holds every integer. */
  private static final long EXACT_IN_DOUBLE = 1L << 53;

  /** Powers of ten up to this one are exact in a double, so that one division rounds once. */
  private static final int EXACT_POWER_OF_TEN = 22;

  private final int scale;
  private final double divisor;

  DecimalDomain(int scale) {
    if (scale < 0 || scale > EXACT_POWER_OF_TEN) {
      throw new IllegalArgumentException("scale of a decimal: %s is not in 0..22".formatted(scale));
    }
    this.scale = scale;
    this.divisor = BigDecimal.TEN.pow(scale).doubleValue();
  }

  int scale() {
    return scale;
  }

  @Override
  public byte[] text(long key) {
    return WideNumbers.text(BigDecimal.valueOf(key, scale));
  }

  @Override
  public double toDouble(long key) {
    if (scale == 0 || exactInDouble(key)) {
      return key / divisor;
    }
    return BigDecimal.valueOf(key, scale).doubleValue();
  }

  private static boolean exactInDouble(long key) {
    return -EXACT_IN_DOUBLE <= key && key <= EXACT_IN_DOUBLE;
  }

  @Override
  double difference(long from, long to, double factor) {
    long exact = to - from;
    // The true difference is below 2^64: what looks negative is its upper half.
    double unscaled = exact >= 0 ? exact : 2.0 * (exact >>> 1);
    return unscaled / divisor * factor;
  }

  @Override
  double interpolate(long low, long high, double weight) {
    return lerp(toDouble(low), toDouble(high), weight);
  }

  @Override
  boolean inDoubles(long key) {
    return exactInDouble(key);
  }

  @Override
  double interpolateExactly(long low, long high, long numerator, long denominator) {
    return between(low, high, numerator, denominator).toDouble(scale);
  }

  @Override
  long cut(long low, long high, double weight, long numerator, long denominator) {
    if (low == high) {
      return low;
    }
    return exactInDouble(low) && exactInDouble(high)
        ? leastReaching(interpolate(low, high, weight), low, high)
        : between(low, high, numerator, denominator).ceiling().longValueExact();
  }

  private static ExactFraction between(long low, long high, long numerator, long denominator) {
    return ExactFraction.between(
        BigInteger.valueOf(low), BigInteger.valueOf(high), numerator, denominator);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecimalDomain domain && domain.scale == scale;
  }

  @Override
  public int hashCode() {
    return Objects.hash(scale);
  }

  @Override
  public String toString() {
    return scale == 0 ? "integers" : "decimals of scale " + scale;
  }
}
