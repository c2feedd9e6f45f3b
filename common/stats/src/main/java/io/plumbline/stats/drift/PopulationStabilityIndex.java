package io.plumbline.stats.drift;

/**
 * The population stability index, {@code sum (a - e) ln(a / e)} over the bins' proportions in the
 * current data (a) and the reference (e), each clipped below so that an empty bin costs much, but
 * not infinitely much. 0 for equal proportions; above 0.1 is usually called moderate, above 0.25
 * large.
 */
public final class PopulationStabilityIndex {
  /** The proportion that an emptier bin is taken to have. */
  public static final double LEAST_PROPORTION = 1e-4;

  private PopulationStabilityIndex() {}

  /**
   * @param reference and {@code current}: counts in the same bins
   * @throws IllegalArgumentException if a side is empty
   */
  public static double of(long[] reference, long[] current) {
    double n = 0;
    double m = 0;
    for (int i = 0; i < reference.length; i++) {
      n += reference[i];
      m += current[i];
    }
    if (n == 0 || m == 0) {
      throw new IllegalArgumentException("a side without a count");
    }
    double sum = 0;
    for (int i = 0; i < reference.length; i++) {
      sum += term(reference[i] / n, current[i] / m);
    }
    return sum;
  }

  /** What a bin with these proportions adds to the index; never negative. */
  public static double term(double ofReference, double ofCurrent) {
    double e = Math.max(ofReference, LEAST_PROPORTION);
    double a = Math.max(ofCurrent, LEAST_PROPORTION);
    return (a - e) * Math.log(a / e);
  }
}
