package io.plumbline.stats.numeric;

import io.plumbline.stats.moments.Moments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/** Numbers wider than a key, as ranks among the distinct ones of both sides. */
final class RankedDomain extends NumericDomain {
  private static final BigInteger EXACT_IN_DOUBLE = BigInteger.ONE.shiftLeft(53);

  private final BigInteger[] unscaled;
  private final int scale;

  /**
   * @param unscaled ascending, distinct
   */
  RankedDomain(BigInteger[] unscaled, int scale) {
    this.unscaled = unscaled;
    this.scale = scale;
  }

  int scale() {
    return scale;
  }

  /**
   * Whether sums of the numbers are kept as integers; of binary fractions these would be long, so
   * that sums are of the nearest doubles.
   */
  boolean hasNarrowSums() {
    return scale <= Byte.MAX_VALUE
        && (unscaled.length == 0
            || Math.max(unscaled[0].bitLength(), unscaled[unscaled.length - 1].bitLength())
                <= Moments.INTEGER_BITS);
  }

  /** Where a value is; as {@link Arrays#binarySearch}, where it would be. */
  int rank(BigInteger value) {
    return Arrays.binarySearch(unscaled, value);
  }

  private BigInteger value(long rank) {
    return unscaled[(int) rank];
  }

  @Override
  public byte[] text(long key) {
    return WideNumbers.text(new BigDecimal(value(key), scale));
  }

  @Override
  public double toDouble(long key) {
    return new BigDecimal(value(key), scale).doubleValue();
  }

  @Override
  double difference(long from, long to, double factor) {
    return new BigDecimal(value(to).subtract(value(from)), scale).doubleValue() * factor;
  }

  @Override
  double interpolate(long low, long high, double weight) {
    return lerp(toDouble(low), toDouble(high), weight);
  }

  @Override
  boolean inDoubles(long key) {
    return value(key).abs().compareTo(EXACT_IN_DOUBLE) <= 0;
  }

  @Override
  double interpolateExactly(long low, long high, long numerator, long denominator) {
    return between(low, high, numerator, denominator).toDouble(scale);
  }

  @Override
  long cut(long low, long high, double weight, long numerator, long denominator) {
    if (inDoubles(low) && inDoubles(high)) {
      return leastReaching(interpolate(low, high, weight), low, high);
    }
    int rank = rank(between(low, high, numerator, denominator).ceiling());
    return rank >= 0 ? rank : -rank - 1;
  }

  private ExactFraction between(long low, long high, long numerator, long denominator) {
    return ExactFraction.between(value(low), value(high), numerator, denominator);
  }

  @Override
  public String toString() {
    return "ranks of wide numbers of scale " + scale;
  }
}
