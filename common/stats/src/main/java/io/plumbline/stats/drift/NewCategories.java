package io.plumbline.stats.drift;

/**
 * Whether categories that the reference does not have could be chance. Bins that are merged until
 * each expects five hide them in a small sample; this does not.
 */
public final class NewCategories {
  private NewCategories() {}

  /**
   * The chance, at most, that without drift some category falls wholly on the current side as often
   * as the most frequent new one: {@code K C(N - k, m - k) / C(N, m)} for its {@code k} cells, with
   * {@code N} cells in all, {@code m} of them current, and {@code K} categories of both sides
   * together (Bonferroni). 1 without a new category or without a reference.
   *
   * @param reference and {@code current}: counts by category
   */
  public static double pValue(long[] reference, long[] current) {
    long n = 0;
    long m = 0;
    long categories = 0;
    long mostOfNew = 0;
    for (int i = 0; i < reference.length; i++) {
      n += reference[i];
      m += current[i];
      categories += reference[i] + current[i] > 0 ? 1 : 0;
      mostOfNew = reference[i] == 0 ? Math.max(mostOfNew, current[i]) : mostOfNew;
    }
    return n == 0 || mostOfNew == 0 ? 1 : Math.min(1, allCurrent(categories, n, m, mostOfNew));
  }

  /**
   * {@code factor} times the chance that {@code k} cells, placed at random, are all current: the
   * product of {@code (m - i) / (N - i)} over {@code i < k}. It is the same with {@code k} and
   * {@code n} exchanged, so that the fewer factors do; logarithms of factorials would lose ten
   * digits of billions of cells.
   */
  private static double allCurrent(double factor, long n, long m, long k) {
    long all = n + m;
    long factors = Math.min(k, n);
    long above = all - Math.max(k, n);
    double chance = factor;
    for (long i = 0; i < factors && chance > 0; i++) {
      chance *= (double) (above - i) / (all - i);
    }
    return chance;
  }
}
