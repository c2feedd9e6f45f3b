package io.plumbline.onlinemetrics;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.gauge.Badness;

/** Which points of models say something bad, and how bad that is. */
final class ModelBadness implements Badness {
  @Override
  public double of(MetricPoint point) {
    // A gauge has no such labels, so of those that differ in them one can be shown.
    if (point.value() == null
        || point.labels().containsKey("against")
        || "weighted".equals(point.labels().get("average"))) {
      return NOT_SHOWN;
    }
    double value = point.value();
    return switch (point.metric()) {
      case "accuracy", "precision", "recall", "f1", "r2" -> Math.min(1, 1 - value);
      // A coin has 0.5.
      case "roc_auc" -> Math.min(1, 2 * (1 - value));
      case "ece", "mape", "brier" -> Math.min(1, value);
      default -> NOT_SHOWN;
    };
  }
}
