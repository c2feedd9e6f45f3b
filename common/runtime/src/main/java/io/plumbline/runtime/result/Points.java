package io.plumbline.runtime.result;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The metric points of one scope, all of one state. A value that is not finite is no point. */
public class Points {
  private final PointScope scope;
  private final Duration window;
  private final boolean isFinal;
  private final Instant computedAt;
  private final Consumer<MetricPoint> out;

  /**
   * @param isFinal whether no further state of them is expected
   * @param out takes each point
   */
  public Points(PointScope scope, boolean isFinal, Instant computedAt, Consumer<MetricPoint> out) {
    this.scope = scope;
    this.isFinal = isFinal;
    this.computedAt = computedAt;
    this.out = out;
    window = Duration.between(scope.windowStart(), scope.windowEnd());
  }

  /**
   * Makes an exact point without labels.
   *
   * @param feature empty: of no feature
   */
  public final void point(String metric, String feature, double value, long count) {
    point(metric, feature, Map.of(), Measured.exact(value, count));
  }

  /** Makes the point of a share, if there is anything to be a share of. */
  public final void ratio(String metric, String feature, long part, long whole) {
    if (whole > 0) {
      point(metric, feature, (double) part / whole, whole);
    }
  }

  /**
   * Makes a point.
   *
   * @param labels that tell its series apart from others of the same metric
   */
  public final void point(
      String metric, String feature, Map<String, String> labels, Measured measured) {
    if (Double.isFinite(measured.value())) {
      collect(metric, feature, labels, measured.value(), measured);
    }
  }

  /** Takes a point without labels back that an earlier state may have had. */
  public final void withdraw(String metric, String feature) {
    withdraw(metric, feature, Map.of());
  }

  /** Takes a point back that an earlier state may have had. */
  public final void withdraw(String metric, String feature, Map<String, String> labels) {
    collect(metric, feature, labels, null, Measured.exact(0, 0));
  }

  private void collect(
      String metric, String feature, Map<String, String> labels, Double value, Measured measured) {
    Series series =
        new Series(
            metric,
            scope.job(),
            scope.model(),
            scope.modelVersion(),
            feature,
            scope.segment(),
            window,
            labels);
    out.accept(
        new MetricPoint(
            series.text(),
            metric,
            value,
            measured.count(),
            scope.windowStart(),
            scope.windowEnd(),
            scope.model(),
            scope.modelVersion(),
            feature,
            scope.segment(),
            scope.job(),
            scope.layer(),
            labels,
            measured.bound(),
            measured.coverage(),
            isFinal,
            computedAt));
  }
}
