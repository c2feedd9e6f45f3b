package io.plumbline.drift.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as reasons say them. */
final class Words {
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Words() {}

  /** Four digits are enough for words; the fields have them all. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    return magnitude >= 1e-3 && magnitude < 1e6
        ? new BigDecimal(value, FOUR_DIGITS).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
