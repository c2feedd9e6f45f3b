package io.plumbline.drift.verdict;

import io.plumbline.runtime.config.Thresholds.Bounds;
import java.util.function.DoubleFunction;

/**
 * What one figure says of the distribution, and what it may say in truth.
 *
 * @param finding by the figure as it is reported
 * @param least the severity at that end of the figure's range that is least grave
 * @param greatest the severity at the other end
 * @param uncertainty how far the figure may be off, in words
 */
record Criterion(Finding finding, Severity least, Severity greatest, String uncertainty) {
  private static final double SIGNIFICANT_HIGH = 0.001;
  private static final double SIGNIFICANT_MEDIUM = 0.01;
  private static final double SIGNIFICANT_LOW = 0.05;

  /** The greater the figure, the graver. */
  static Criterion byEffect(String metric, Figure figure, Bounds bounds) {
    return new Criterion(
        effect(metric, figure.value(), bounds),
        effect(metric, figure.least(), bounds).severity(),
        effect(metric, figure.greatest(), bounds).severity(),
        figure.uncertainty(metric));
  }

  /**
   * Low where the figure is below a bound.
   *
   * @param low null: there is none
   */
  static Criterion byPValue(String test, Figure p, Double low) {
    return falling(test, p, value -> belowLow(test, value, low));
  }

  /** By the rule {@code significance}. */
  static Criterion bySignificance(String symbol, Figure p) {
    String test = "goodness of fit " + symbol;
    return falling(test, p, value -> significance(test, value));
  }

  private static Criterion falling(String test, Figure p, DoubleFunction<Finding> judged) {
    return new Criterion(
        judged.apply(p.value()),
        judged.apply(p.greatest()).severity(),
        judged.apply(p.least()).severity(),
        p.uncertainty(test));
  }

  private static Finding effect(String metric, double value, Bounds bounds) {
    for (Severity level : new Severity[] {Severity.HIGH, Severity.MEDIUM, Severity.LOW}) {
      Double bound =
          level == Severity.HIGH
              ? bounds.high()
              : level == Severity.MEDIUM ? bounds.medium() : bounds.low();
      if (bound != null && value > bound) {
        return new Finding(
            level, "%s %s > %s".formatted(metric, Words.number(value), Words.number(bound)));
      }
    }
    return new Finding(Severity.NONE, "");
  }

  private static Finding belowLow(String test, double p, Double low) {
    return low != null && p < low
        ? new Finding(
            Severity.LOW, "%s %s < %s".formatted(test, Words.number(p), Words.number(low)))
        : new Finding(Severity.NONE, "");
  }

  private static Finding significance(String test, double p) {
    if (p < SIGNIFICANT_HIGH) {
      return significant(Severity.HIGH, test, p, SIGNIFICANT_HIGH);
    }
    if (p < SIGNIFICANT_MEDIUM) {
      return significant(Severity.MEDIUM, test, p, SIGNIFICANT_MEDIUM);
    }
    return p < SIGNIFICANT_LOW
        ? significant(Severity.LOW, test, p, SIGNIFICANT_LOW)
        : new Finding(Severity.NONE, "");
  }

  private static Finding significant(Severity severity, String test, double p, double bound) {
    return new Finding(
        severity, "%s %s < %s".formatted(test, Words.number(p), Words.number(bound)));
  }
}
