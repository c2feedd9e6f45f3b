package io.plumbline.stats.numeric;

import io.plumbline.stats.category.CategoryCounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Decimals of up to 38 digits, unsigned 64-bit integers, and mixtures of numbers that no key holds:
 * they are counted by their text and ranked once both sides are complete. Exact, at the price of
 * memory for each distinct value.
 */
public final class WideNumbers {
  private WideNumbers() {}

  /** The text by which a number is counted: equal numbers have one, whatever their scale. */
  public static byte[] text(BigDecimal value) {
    return value.stripTrailingZeros().toPlainString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The two sides of a comparison. */
  public record Sides(NumericSummary reference, NumericSummary current) {}

  /**
   * @param reference and {@code current}: counts by {@link #text}
   * @param limit distinct values up to which distributions are exact
   */
  public static Sides rank(CategoryCounts reference, CategoryCounts current, int limit) {
    BigDecimal[] ofReference = values(reference);
    BigDecimal[] ofCurrent = values(current);
    int scale = Math.max(scale(ofReference), scale(ofCurrent));
    BigInteger[] first = unscaled(ofReference, scale);
    BigInteger[] second = unscaled(ofCurrent, scale);
    TreeSet<BigInteger> distinct = new TreeSet<>(Arrays.asList(first));
    distinct.addAll(Arrays.asList(second));
    RankedDomain domain = new RankedDomain(distinct.toArray(BigInteger[]::new), scale);
    return new Sides(
        summary(reference, first, domain, limit), summary(current, second, domain, limit));
  }

  private static BigDecimal[] values(CategoryCounts counts) {
    BigDecimal[] values = new BigDecimal[counts.distinct()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new BigDecimal(counts.name(i));
    }
    return values;
  }

  private static int scale(BigDecimal[] values) {
    return Arrays.stream(values).mapToInt(BigDecimal::scale).max().orElse(0);
  }

  private static BigInteger[] unscaled(BigDecimal[] values, int scale) {
    return Arrays.stream(values)
        .map(value -> value.setScale(scale).unscaledValue())
        .toArray(BigInteger[]::new);
  }

  private static NumericSummary summary(
      CategoryCounts counts, BigInteger[] values, RankedDomain domain, int limit) {
    NumericSummary summary = new NumericSummary(domain, limit);
    summary.addNulls(counts.nulls());
    for (int i = 0; i < values.length; i++) {
      summary.addRanked(domain.rank(values[i]), values[i], counts.count(i));
    }
    return summary;
  }
}
