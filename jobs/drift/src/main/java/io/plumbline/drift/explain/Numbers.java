package io.plumbline.drift.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as sentences say them: four digits are enough, and what is not zero is not called so. */
final class Numbers {
  private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_EVEN);
  private static final double LEAST_P = 1e-6;

  private Numbers() {}

  static String number(double value) {
    return rounded(value, FOUR_DIGITS);
  }

  /** Digits before the point are kept, but for very large numbers. */
  static String rounded(double value, MathContext digits) {
    double magnitude = Math.abs(value);
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    if (magnitude < 1e-4 || magnitude >= 1e9) {
      BigDecimal exact = new BigDecimal(value).round(digits).stripTrailingZeros();
      return "%se%s"
          .formatted(
              exact.scaleByPowerOfTen(exact.scale() - exact.precision() + 1).toPlainString(),
              exact.precision() - exact.scale() - 1);
    }
    BigDecimal exact = new BigDecimal(value);
    int whole = exact.precision() - exact.scale();
    return exact
        .round(new MathContext(Math.max(whole, digits.getPrecision()), digits.getRoundingMode()))
        .stripTrailingZeros()
        .toPlainString();
  }

  static String signed(double value) {
    return value > 0 ? "+" + number(value) : number(value);
  }

  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share as a percentage. */
  static String percent(double share) {
    double percent = 100 * share;
    if (percent > 0 && percent < 0.05) {
      return "<0.1 %";
    }
    if (percent < 100 && percent > 99.95) {
      return ">99.9 %";
    }
    return String.format(Locale.ROOT, "%.1f %%", percent);
  }

  /** The difference of two shares in percentage points. */
  static String points(double difference) {
    double points = 100 * difference;
    if (points == 0) {
      return "0 points";
    }
    double magnitude = Math.abs(points);
    return magnitude < 0.005
        ? "less than 0.01 points"
        : String.format(Locale.ROOT, magnitude < 1 ? "%+.2f points" : "%+.1f points", points);
  }

  /** How many samples without any drift would differ as much, in words. */
  static String chance(double p) {
    if (p < LEAST_P) {
      return "fewer than 1 of 1,000,000 such samples";
    }
    if (p < 0.1) {
      long one = new BigDecimal(1 / p).round(new MathContext(2)).longValueExact();
      return "about 1 of " + count(one) + " such samples";
    }
    long hundred = Math.round(100 * p);
    return hundred >= 100 ? "nearly all such samples" : "about " + hundred + " of 100 such samples";
  }

  /** A p-value with its symbol; a double knows none below 1e-300. */
  static String pValue(double p) {
    return p < 1e-300 ? "p < 1e-300" : "p " + number(p);
  }
}
