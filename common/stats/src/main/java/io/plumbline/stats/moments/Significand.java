package io.plumbline.stats.moments;

/** A finite double as {@code significand * 2^(position - UNIT)}, its sign apart. */
final class Significand {
  /** Every finite double is a whole multiple of 2^-1074. */
  static final int UNIT = 1074;

  private static final int FRACTION_BITS = 52;
  private static final long FRACTION = (1L << FRACTION_BITS) - 1;
  private static final int EXPONENT = 0x7FF;

  private Significand() {}

  /** Below 2^53. */
  static long of(double value) {
    long bits = Double.doubleToRawLongBits(value);
    long fraction = bits & FRACTION;
    return exponent(bits) == 0 ? fraction : fraction | (FRACTION + 1);
  }

  static int position(double value) {
    return Math.max(0, exponent(Double.doubleToRawLongBits(value)) - 1);
  }

  private static int exponent(long bits) {
    return (int) (bits >>> FRACTION_BITS) & EXPONENT;
  }
}
