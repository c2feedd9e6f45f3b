package io.plumbline.drift.plan;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/**
 * The number that a folder's name gives.
 *
 * @param whole whether it is an integer of at most 64 bits, in digits alone
 * @param integer 0 if it is none
 * @param real the nearest double
 */
public record FolderNumber(boolean whole, long integer, double real) {

  /** Empty: the text is no number, or none that is finite. */
  public static Optional<FolderNumber> of(String text) {
    // Digits of other scripts are no numbers in any other column.
    if (!text.chars().allMatch(c -> c < 128)) {
      return Optional.empty();
    }
    try {
      double real = new BigDecimal(text).doubleValue();
      return Double.isFinite(real)
          ? Optional.of(integer(text).orElseGet(() -> new FolderNumber(false, 0, real)))
          : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<FolderNumber> integer(String text) {
    int digits = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (!text.chars().skip(digits).allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    BigInteger integer = new BigInteger(text);
    return integer.bitLength() < Long.SIZE
        ? Optional.of(new FolderNumber(true, integer.longValue(), integer.doubleValue()))
        : Optional.empty();
  }
}
