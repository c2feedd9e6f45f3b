package io.plumbline.stats.numeric;

import io.plumbline.stats.category.Identifiers;
import java.util.Optional;

/** Tells integers that number rows from those that measure something. */
public final class RunningNumbers {
  private RunningNumbers() {}

  /**
   * Why a reference's integers are identifiers; empty: they are numbers. Where they are known in
   * cells only, they count as distinct as long as no cell has more of them than it has integers.
   */
  public static Optional<String> reason(NumericSummary reference) {
    Distribution values = reference.distribution();
    // What a pass over all values takes comes last.
    return Identifiers.ofDistinctIntegers(values.count(), reference.rows(), values.range())
        .filter(reason -> !reference.repeats());
  }

  /** Whether a side may be numbered too: see {@link Identifiers#mostlyDistinct}. */
  public static boolean mayNumber(NumericSummary current) {
    Distribution values = current.distribution();
    return Identifiers.mostlyDistinct(values.distinctAtMost(), values.count());
  }
}
