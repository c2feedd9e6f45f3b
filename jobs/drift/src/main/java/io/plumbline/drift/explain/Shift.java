package io.plumbline.drift.explain;

/**
 * Where a quantile was and is.
 *
 * @param quantile {@code "0.5"} is the median
 * @param inDeviations the difference in standard deviations of the reference; null if it has none
 */
public record Shift(String quantile, double reference, double current, Double inDeviations) {

  /** In the feature's unit; positive: upwards. */
  public double difference() {
    return current - reference;
  }
}
