package io.plumbline.stats.numeric;

import io.plumbline.stats.category.CategoryCounts;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * Decimals of up to 38 digits and unsigned 64-bit integers: too wide for a key, they are counted by
 * their text and ranked once both sides are complete. Exact, at the price of memory for each
 * distinct value.
 */
public final class WideNumbers {
  private WideNumbers() {}

  /** The text by which a number is counted. */
  public static byte[] text(BigInteger unscaled) {
    return unscaled.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /** The two sides of a comparison. */
  public record Sides(NumericSummary reference, NumericSummary current) {}

  /**
   * @param reference and {@code current}: counts by {@link #text}
   * @param scale digits behind the point
   * @param limit distinct values up to which distributions are exact
   */
  public static Sides rank(CategoryCounts reference, CategoryCounts current, int scale, int limit) {
    TreeSet<BigInteger> distinct = new TreeSet<>(Arrays.asList(values(reference)));
    distinct.addAll(Arrays.asList(values(current)));
    RankedDomain domain = new RankedDomain(distinct.toArray(BigInteger[]::new), scale);
    return new Sides(summary(reference, domain, limit), summary(current, domain, limit));
  }

  private static BigInteger[] values(CategoryCounts counts) {
    BigInteger[] values = new BigInteger[counts.distinct()];
    for (int i = 0; i < values.length; i++) {
      values[i] = new BigInteger(counts.name(i));
    }
    return values;
  }

  private static NumericSummary summary(CategoryCounts counts, RankedDomain domain, int limit) {
    NumericSummary summary = new NumericSummary(domain, limit);
    summary.addNulls(counts.nulls());
    BigInteger[] values = values(counts);
    for (int i = 0; i < values.length; i++) {
      summary.addRanked(domain.rank(values[i]), values[i], counts.count(i));
    }
    return summary;
  }
}
