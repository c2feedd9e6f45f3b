package io.plumbline.runtime.expectation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/** Quantities as people read them. */
public final class Quantities {
  private static final MathContext DIGITS = new MathContext(3);

  private Quantities() {}

  /** With three digits: {@code 0.12}, {@code 1.3E-9}. */
  public static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return value == 0 || (size >= 1e-4 && size < 1e9)
        ? rounded.toPlainString()
        : rounded.toString();
  }

  /** As somebody set it: {@code 4962}, {@code 0.1}. */
  static String exact(double value) {
    BigDecimal shortest = BigDecimal.valueOf(value).stripTrailingZeros();
    double size = Math.abs(value);
    return value == 0 || (size >= 1e-4 && size < 1e15)
        ? shortest.toPlainString()
        : shortest.toString();
  }

  /** In the two largest units: {@code 2h13m}. */
  public static String length(Duration length) {
    long seconds = length.toSeconds();
    if (seconds < 60) {
      return length.toMillis() % 1000 == 0
          ? seconds + "s"
          : number(length.toMillis() / 1000.0) + "s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    return seconds < 86_400
        ? two(seconds / 3600, "h", seconds % 3600 / 60, "m")
        : two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
  }

  private static String two(long large, String unit, long small, String smallUnit) {
    return large + unit + (small == 0 ? "" : small + smallUnit);
  }
}
