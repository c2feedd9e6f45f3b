package io.plumbline.stats.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the values of a numeric feature are held as {@code long} keys of the same order. All of the
 * statistics work on keys, so that integers and decimals are compared exactly, also beyond 2^53,
 * where doubles run together.
 *
 * <ul>
 *   <li>{@link #doubles()}: the bits of the double, arranged so that their order is that of the
 *       values; -0.0 is 0.0. NaN and infinities have no key.
 *   <li>{@link #integers()}: the integer itself.
 *   <li>{@link #decimals(int)}: the unscaled value of a decimal of at most 18 digits.
 *   <li>Wider numbers have no key of their own, but a rank among those of both sides ({@link
 *       WideNumbers}).
 * </ul>
 */
public abstract sealed class NumericDomain permits DoubleDomain, DecimalDomain, RankedDomain {
  private static final int DOUBLES_TAG = -1;

  NumericDomain() {}

  /** Finite doubles. */
  public static NumericDomain doubles() {
    return DoubleDomain.INSTANCE;
  }

  /** The key of a finite double among {@link #doubles()}. */
  public static long keyOf(double value) {
    return DoubleDomain.key(value);
  }

  /** Integers of up to 64 bits. */
  public static NumericDomain integers() {
    return DecimalDomain.INTEGERS;
  }

  /** Decimals with {@code scale} digits behind the point. */
  public static NumericDomain decimals(int scale) {
    return scale == 0 ? DecimalDomain.INTEGERS : new DecimalDomain(scale);
  }

  /** The key's value as {@link WideNumbers} counts it. */
  public abstract byte[] text(long key);

  /** The double nearest to the key's value. */
  public abstract double toDouble(long key);

  /** {@code (to - from) * factor} as a double, without overflow on the way; from at most to. */
  abstract double difference(long from, long to, double factor);

  /**
   * The value that lies between two neighbouring order statistics, {@code numerator / denominator}
   * of the way from {@code low} to {@code high}, as {@code numpy.percentile} computes it.
   */
  abstract double interpolate(long low, long high, double weight);

  /**
   * Whether a double holds the key's value, so that numpy's arithmetic is to be ours: else
   * positions among the values, and what lies between them, are computed exactly.
   */
  boolean inDoubles(long key) {
    return false;
  }

  /** As {@link #interpolate}, where doubles do not hold the values. */
  double interpolateExactly(long low, long high, long numerator, long denominator) {
    return interpolate(low, high, (double) numerator / denominator);
  }

  /**
   * The least key whose value is at least the interpolated one; {@link Long#MAX_VALUE} if that is
   * beyond all keys. Computed in doubles as numpy does where these hold every value involved, else
   * exactly.
   *
   * @param numerator and {@code denominator}: the same weight as an exact fraction, for values that
   *     are not {@link #inDoubles}
   */
  abstract long cut(long low, long high, double weight, long numerator, long denominator);

  /** The least key between the two whose double is at least the edge. */
  final long leastReaching(double edge, long low, long high) {
    long from = low;
    long to = high;
    while (from < to) {
      long middle = from + (to - from) / 2;
      if (toDouble(middle) >= edge) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  final void writeTo(DataOutput out) throws IOException {
    out.writeByte(this instanceof DecimalDomain decimals ? decimals.scale() : DOUBLES_TAG);
  }

  static NumericDomain readFrom(DataInput in) throws IOException {
    int tag = in.readByte();
    return tag == DOUBLES_TAG ? doubles() : decimals(tag);
  }

  /** numpy's {@code _lerp}: from the nearer end, so that weights 0 and 1 give the ends. */
  static double lerp(double low, double high, double weight) {
    double difference = high - low;
    if (Double.isInfinite(difference)) {
      return low * (1 - weight) + high * weight;
    }
    return weight < 0.5 ? low + difference * weight : high - difference * (1 - weight);
  }
}
