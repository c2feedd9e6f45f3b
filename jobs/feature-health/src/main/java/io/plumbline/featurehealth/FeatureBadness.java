package io.plumbline.featurehealth;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.gauge.Badness;
import java.util.Set;

/** Which points of features say something bad, and how bad that is. */
final class FeatureBadness implements Badness {
  private static final Set<String> SHARES_OF_TROUBLE =
      Set.of(
          "feature_missing_ratio",
          "feature_nan_ratio",
          "feature_infinite_ratio",
          "feature_out_of_range_ratio",
          "feature_new_category_ratio",
          "feature_type_mismatch_ratio",
          "feature_skew_ratio",
          "feature_skew_unmatched_ratio");

  private static final double DAY_SECONDS = 86_400;

  @Override
  public double of(MetricPoint point) {
    if (point.value() == null) {
      return NOT_SHOWN;
    }
    String metric = point.metric();
    if (SHARES_OF_TROUBLE.contains(metric)) {
      return point.value();
    }
    return switch (metric) {
      case "feature_healthy" -> 1 - point.value();
      // The point does not know the SLA: among the stale, the longer the worse.
      case "feature_staleness_seconds" -> Math.min(1, point.value() / DAY_SECONDS);
      default -> NOT_SHOWN;
    };
  }
}
