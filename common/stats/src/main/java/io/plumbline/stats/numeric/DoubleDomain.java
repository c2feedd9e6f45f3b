package io.plumbline.stats.numeric;

import java.math.BigDecimal;

/** Finite doubles as sortable bits. */
final class DoubleDomain extends NumericDomain {
  static final DoubleDomain INSTANCE = new DoubleDomain();

  private DoubleDomain() {}

  /** The key of a finite double. */
  static long key(double value) {
    // Adding 0.0 turns -0.0 into 0.0: equal values must have equal keys.
    long bits = Double.doubleToRawLongBits(value + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  static double value(long key) {
    return Double.longBitsToDouble(key ^ ((key >> 63) & Long.MAX_VALUE));
  }

  @Override
  public byte[] text(long key) {
    return WideNumbers.text(new BigDecimal(value(key)));
  }

  @Override
  public double toDouble(long key) {
    return value(key);
  }

  @Override
  double difference(long from, long to, double factor) {
    return factor == 1 ? value(to) - value(from) : value(to) * factor - value(from) * factor;
  }

  @Override
  double interpolate(long low, long high, double weight) {
    return lerp(value(low), value(high), weight);
  }

  @Override
  boolean inDoubles(long key) {
    return true;
  }

  @Override
  long cut(long low, long high, double weight, long numerator, long denominator) {
    return key(interpolate(low, high, weight));
  }

  @Override
  public String toString() {
    return "doubles";
  }
}
