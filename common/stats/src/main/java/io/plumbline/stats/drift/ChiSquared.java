package io.plumbline.stats.drift;

import io.plumbline.stats.CompensatedSum;
import java.util.Optional;
import org.apache.commons.numbers.gamma.RegularizedGamma;

/** Pearson's chi-squared tests on the counts of two samples in the same categories. */
public final class ChiSquared {
  private static final double FEW = 5;
  private static final double SPARSE_SHARE = 0.2;

  private ChiSquared() {}

  /**
   * @param statistic 0 or more
   * @param sparse whether over 20 % of the expected counts are below 5 or one is below 1, so that
   *     the p-value cannot be relied on
   */
  public record Result(double statistic, long degreesOfFreedom, double pValue, boolean sparse) {}

  /**
   * Homogeneity of the 2 x k table, as {@code scipy.stats.chi2_contingency(correction=False)}.
   * Columns that are empty on both sides do not count; with a single one the statistic is 0 and p
   * is 1.
   *
   * @throws IllegalArgumentException if a side is empty
   */
  public static Result homogeneity(long[] reference, long[] current) {
    double n = total(reference);
    double m = total(current);
    if (n == 0 || m == 0) {
      throw new IllegalArgumentException("a side without a count");
    }
    double all = n + m;
    double shareOfReference = n / all;
    double shareOfCurrent = m / all;
    long columns = 0;
    long few = 0;
    double least = Double.POSITIVE_INFINITY;
    CompensatedSum statistic = new CompensatedSum();
    for (int i = 0; i < reference.length; i++) {
      double column = (double) reference[i] + current[i];
      if (column == 0) {
        continue;
      }
      columns++;
      double expectedReference = column * shareOfReference;
      double expectedCurrent = column * shareOfCurrent;
      few += (expectedReference < FEW ? 1 : 0) + (expectedCurrent < FEW ? 1 : 0);
      least = Math.min(least, Math.min(expectedReference, expectedCurrent));
      // Both rows deviate by the same amount; written so that nothing large cancels.
      double deviation = (reference[i] * m - current[i] * n) / all;
      statistic.add(deviation * deviation * (1 / expectedReference + 1 / expectedCurrent));
    }
    boolean sparse = few > SPARSE_SHARE * 2 * columns || least < 1;
    return new Result(
        statistic.value(), columns - 1, pValue(statistic.value(), columns - 1), sparse);
  }

  /**
   * Goodness of fit of the current counts to the reference's proportions, over the categories that
   * the reference has, as {@code scipy.stats.chisquare}. Empty with fewer than two such categories
   * or without a current count in one.
   */
  public static Optional<Result> goodnessOfFit(long[] reference, long[] current) {
    double n = 0;
    double m = 0;
    long known = 0;
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] > 0) {
        known++;
        n += reference[i];
        m += current[i];
      }
    }
    if (known < 2 || m == 0) {
      return Optional.empty();
    }
    long few = 0;
    double least = Double.POSITIVE_INFINITY;
    CompensatedSum statistic = new CompensatedSum();
    for (int i = 0; i < reference.length; i++) {
      if (reference[i] > 0) {
        double expected = reference[i] / n * m;
        few += expected < FEW ? 1 : 0;
        least = Math.min(least, expected);
        double deviation = current[i] - expected;
        statistic.add(deviation * deviation / expected);
      }
    }
    boolean sparse = few > SPARSE_SHARE * known || least < 1;
    return Optional.of(
        new Result(statistic.value(), known - 1, pValue(statistic.value(), known - 1), sparse));
  }

  /**
   * The chance that a chi-squared variable reaches the statistic; 1 without a degree of freedom.
   */
  public static double pValue(double statistic, double degreesOfFreedom) {
    if (degreesOfFreedom <= 0 || statistic <= 0) {
      return 1;
    }
    return RegularizedGamma.Q.value(degreesOfFreedom / 2, statistic / 2);
  }

  private static double total(long[] counts) {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
