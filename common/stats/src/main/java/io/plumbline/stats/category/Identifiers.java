package io.plumbline.stats.category;

import java.util.Optional;

/**
 * Tells identifiers from categories: of a column with many rows, most of whose values are distinct,
 * no value says anything about the next day's.
 */
public final class Identifiers {
  private static final long LEAST_ROWS = 1000;
  private static final double DISTINCT_SHARE = 0.95;

  private Identifiers() {}

  /** Why a reference's values are identifiers; empty: they are categories. */
  public static Optional<String> reason(CategoryCounts reference) {
    boolean identifier =
        reference.rows() > LEAST_ROWS && reference.distinct() > DISTINCT_SHARE * reference.usable();
    return identifier
        ? Optional.of(
            "an identifier: %s distinct values in %s reference rows"
                .formatted(reference.distinct(), reference.rows()))
        : Optional.empty();
  }
}
