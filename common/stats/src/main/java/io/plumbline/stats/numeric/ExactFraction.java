package io.plumbline.stats.numeric;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * A number between two others as a fraction of whole numbers, for what doubles do not hold.
 *
 * @param numerator of an unscaled value
 * @param denominator at least 1
 */
record ExactFraction(BigInteger numerator, BigInteger denominator) {
  /** More than tell any such fraction from the middle between two doubles. */
  private static final MathContext DIGITS = new MathContext(120);

  /** {@code part / whole} of the way from one to the other. */
  static ExactFraction between(BigInteger low, BigInteger high, long part, long whole) {
    BigInteger denominator = BigInteger.valueOf(whole);
    BigInteger weight = BigInteger.valueOf(part);
    return new ExactFraction(
        low.multiply(denominator.subtract(weight)).add(high.multiply(weight)), denominator);
  }

  /** The least whole number that is at least this. */
  BigInteger ceiling() {
    BigInteger[] division = numerator.divideAndRemainder(denominator);
    return division[1].signum() > 0 ? division[0].add(BigInteger.ONE) : division[0];
  }

  /** The double nearest to it, with so many digits behind the point. */
  double toDouble(int scale) {
    return new BigDecimal(numerator, scale)
        .divide(new BigDecimal(denominator), DIGITS)
        .doubleValue();
  }
}
