package io.plumbline.drift.verdict;

import io.plumbline.events.DriftResult;

/**
 * A measured figure and between what it lies in truth.
 *
 * @param value NaN where there is none, as then the others
 * @param least and {@code greatest}: the same as the value where it is exact
 */
record Figure(double value, double least, double greatest) {
  static final Figure NONE = exact(Double.NaN);

  static Figure exact(double value) {
    return new Figure(value, value, value);
  }

  /**
   * A metric of a result with its bound.
   *
   * @param value null: there is none
   */
  static Figure of(DriftResult result, String metric, Double value) {
    if (value == null) {
      return NONE;
    }
    double bound = result.bounds().getOrDefault(metric, 0.0);
    return new Figure(value, value - bound, value + bound);
  }

  /** A p-value of a result with its bound; it lies between 0 and 1 in any case. */
  static Figure ofPValue(DriftResult result, String metric, Double value) {
    Figure p = of(result, metric, value);
    return new Figure(p.value, Math.max(0, p.least), Math.min(1, p.greatest));
  }

  /** Says how far it may be off. */
  String uncertainty(String name) {
    return "%s %s may be off by %s"
        .formatted(
            name, Words.number(value), Words.number(Math.max(greatest - value, value - least)));
  }
}
