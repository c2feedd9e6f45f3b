package io.plumbline.stats.category;

import java.math.BigInteger;
import java.util.Optional;

/**
 * Tells identifiers from features: of a column with many values, (nearly) all of which are
 * distinct, no value says anything about the next day's.
 */
public final class Identifiers {
  /** With no more usable cells than these nothing is taken for an identifier. */
  private static final long LEAST_CELLS = 1000;

  private static final double DISTINCT_SHARE = 0.95;

  /** Integers in a wider range than so many times their number are measured, not counted up. */
  private static final int SPARSEST = 2;

  private Identifiers() {}

  /** Why a reference's texts are identifiers; empty: they are categories. */
  public static Optional<String> ofTexts(CategoryCounts reference) {
    boolean identifier =
        reference.usable() > LEAST_CELLS
            && reference.distinct() > DISTINCT_SHARE * reference.usable();
    return identifier
        ? Optional.of(
            "an identifier: %s distinct values in %s reference rows"
                .formatted(reference.distinct(), reference.rows()))
        : Optional.empty();
  }

  /** Why a reference's integers, counted by their digits, are identifiers; empty: numbers. */
  public static Optional<String> ofIntegers(CategoryCounts reference) {
    if (reference.distinct() < reference.usable() || reference.distinct() == 0) {
      return Optional.empty();
    }
    BigInteger least = new BigInteger(reference.name(0));
    BigInteger greatest = least;
    for (int entry = 1; entry < reference.distinct(); entry++) {
      BigInteger value = new BigInteger(reference.name(entry));
      least = least.min(value);
      greatest = greatest.max(value);
    }
    double range = greatest.subtract(least).doubleValue();
    return ofDistinctIntegers(reference.usable(), reference.rows(), range);
  }

  /**
   * Why distinct integers of a reference are identifiers; empty: they are numbers.
   *
   * @param usable how many there are
   * @param range the greatest less the least
   */
  public static Optional<String> ofDistinctIntegers(long usable, long rows, double range) {
    return usable > LEAST_CELLS && range < (double) SPARSEST * usable
        ? Optional.of(
            "an identifier: %s distinct integers with few gaps in %s reference rows"
                .formatted(usable, rows))
        : Optional.empty();
  }

  /**
   * Whether a side's values may be the identifiers of its rows: one that stands twice does not
   * speak against it, and without a value nothing does.
   */
  public static boolean mostlyDistinct(long distinct, long usable) {
    return distinct >= DISTINCT_SHARE * usable;
  }
}
