package io.plumbline.stats.proportion;

import java.util.HashMap;
import java.util.Map;

/**
 * The share of draws that leave what a sample has shown although nothing has changed, as far as the
 * sample tells: Beta({@code alpha}, {@code beta}).
 *
 * @param alpha 0: none does, since somebody has said what is right
 */
public record ExpectedShare(double alpha, double beta) {
  /** Of draws that must not be at all. */
  public static final ExpectedShare NONE = new ExpectedShare(0, 1);

  /**
   * The share of draws outside of the least and the greatest of a sample: Beta(2, n - 1), whatever
   * the continuous distribution is (Wilks, Annals of Mathematical Statistics 12, 1941), and less
   * where values are equal.
   *
   * @param sample how many values it has, at least 2; of fewer, it is Beta(2, 1)
   */
  public static ExpectedShare outsideOfRange(long sample) {
    return new ExpectedShare(2, Math.max(1, sample - 1));
  }

  /**
   * The share of draws of categories that a sample does not have, or that were not kept of it. Its
   * expectation is Good and Turing's, (f1 + 1) / (n + 2) with f1 categories that stand once (with
   * one more row on either side, as no such category is no proof); its variance that of Esty
   * (Annals of Statistics 11, 1983), (f1 (n - f1) / n + 2 f2) / n². What was not kept of the
   * categories that stand r times counts by the same formulas for r + 1 and r + 2.
   *
   * <p>In calm windows p below 0.001 came in at most 0.4 % of the cases (uniform, Zipf's and
   * geometric categories, samples of 40 to 5000, a tenth to ten times as many draws), and with the
   * plain share f1 / n in up to 32 %; {@code src/test/oracle/beta_binomial.py} simulates it.
   *
   * @param counts of the sample's categories, the greatest first; each at least 1
   * @param kept how many of the first are known
   */
  public static ExpectedShare ofUnseen(long[] counts, int kept) {
    Map<Long, Long> frequencies = new HashMap<>();
    Map<Long, Long> left = new HashMap<>();
    double rows = 0;
    for (int i = 0; i < counts.length; i++) {
      rows += counts[i];
      frequencies.merge(counts[i], 1L, Long::sum);
      if (i >= kept) {
        left.merge(counts[i], 1L, Long::sum);
      }
    }
    frequencies.put(0L, 1L);
    left.put(0L, 1L);
    double unseen = 0;
    double more = 0;
    for (Map.Entry<Long, Long> entry : left.entrySet()) {
      long r = entry.getKey();
      double share = (double) entry.getValue() / frequencies.get(r);
      double once = share * (r + 1) * frequencies.getOrDefault(r + 1, 0L);
      // Where few categories stand about as often, no less than the sample has of them.
      unseen += Math.max(once, (double) r * entry.getValue());
      more += once * r + share * (r + 1) * (r + 2) * frequencies.getOrDefault(r + 2, 0L);
    }
    double mean = (Math.min(unseen, rows) + 1) / (rows + 2);
    double variance = mean * (1 - mean) / (rows + 3) + more / ((rows + 2) * (rows + 2));
    // The moments of a beta distribution, whose variance is always below mean (1 - mean).
    double size = Math.max(mean * (1 - mean) / variance - 1, 1 / (rows + 2));
    return new ExpectedShare(mean * size, (1 - mean) * size);
  }

  /**
   * The probability that so many or more of the draws leave what the sample has shown.
   *
   * @param found 0 to {@code draws}
   */
  public double pValue(long found, long draws) {
    if (found == 0) {
      return 1;
    }
    return alpha == 0 ? 0 : BetaBinomial.upperTail(found, draws, alpha, beta);
  }
}
