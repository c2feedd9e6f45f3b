package io.plumbline.stats.moments;

import java.math.BigInteger;

/** The doubles nearest to exact rational numbers (ties to even): the one rounding of a figure. */
public final class Rounding {
  private static final int KEPT_BITS = 66;
  private static final int LEAST_EXPONENT = -1074;

  private Rounding() {}

  /**
   * {@code numerator / denominator}; infinite beyond the range of doubles.
   *
   * @param denominator above 0
   */
  public static double ratio(BigInteger numerator, BigInteger denominator) {
    if (numerator.signum() == 0) {
      return 0;
    }
    BigInteger magnitude = numerator.abs();
    int shift = KEPT_BITS - (magnitude.bitLength() - denominator.bitLength());
    BigInteger[] division =
        shifted(magnitude, shift).divideAndRemainder(shifted(denominator, -shift));
    double value = scaled(division[0], division[1].signum() != 0, -shift);
    return numerator.signum() < 0 ? -value : value;
  }

  /** The square root of {@code numerator / denominator}, both positive or the numerator zero. */
  public static double squareRootOfRatio(BigInteger numerator, BigInteger denominator) {
    if (numerator.signum() == 0) {
      return 0;
    }
    int shift = 2 * KEPT_BITS - (numerator.bitLength() - denominator.bitLength());
    shift += shift & 1;
    BigInteger[] division =
        shifted(numerator, shift).divideAndRemainder(shifted(denominator, -shift));
    BigInteger[] root = division[0].sqrtAndRemainder();
    boolean inexact = root[1].signum() != 0 || division[1].signum() != 0;
    return scaled(root[0], inexact, -shift / 2);
  }

  private static BigInteger shifted(BigInteger value, int bits) {
    return bits > 0 ? value.shiftLeft(bits) : value;
  }

  /** {@code (value + something below one, if inexact) * 2^exponent}; value has 55 bits or more. */
  private static double scaled(BigInteger value, boolean inexact, int exponent) {
    // One sticky bit below the last keeps "just above one half" apart from "one half".
    BigInteger sticky = value.shiftLeft(1);
    if (inexact) {
      sticky = sticky.setBit(0);
    }
    int stickyExponent = exponent - 1;
    if (sticky.bitLength() + stickyExponent > LEAST_EXPONENT + 53) {
      return Math.scalb(sticky.doubleValue(), stickyExponent);
    }
    // A denormal result has fewer bits: rounded here, at the place of the least denormal.
    int dropped = LEAST_EXPONENT - stickyExponent;
    BigInteger kept = sticky.shiftRight(dropped);
    BigInteger rest = sticky.subtract(kept.shiftLeft(dropped));
    int againstHalf = rest.compareTo(BigInteger.ONE.shiftLeft(dropped - 1));
    if (againstHalf > 0 || (againstHalf == 0 && kept.testBit(0))) {
      kept = kept.add(BigInteger.ONE);
    }
    return kept.longValueExact() * Double.MIN_VALUE;
  }
}
