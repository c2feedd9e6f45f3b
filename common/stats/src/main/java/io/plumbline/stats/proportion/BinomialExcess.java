package io.plumbline.stats.proportion;

import org.apache.commons.numbers.gamma.RegularizedBeta;

/** How likely so many are by chance, where each row is one with a given probability. */
public final class BinomialExcess {
  private BinomialExcess() {}

  /**
   * The exact probability of {@code found} or more of {@code rows} (Abramowitz and Stegun, 26.5.24:
   * the regularised incomplete beta function).
   *
   * @param found 0 to {@code rows}
   * @param probability of each row, 0 to 1
   */
  public static double pValue(long found, long rows, double probability) {
    if (found == 0 || probability >= 1) {
      return 1;
    }
    return probability <= 0
        ? 0
        : RegularizedBeta.value(probability, found, (double) rows - found + 1);
  }
}
