package io.plumbline.stats.quality;

/** Ratios of counts. */
final class Shares {
  private Shares() {}

  /** NaN where the denominator is 0. */
  static double of(double numerator, double denominator) {
    return denominator == 0 ? Double.NaN : numerator / denominator;
  }
}
