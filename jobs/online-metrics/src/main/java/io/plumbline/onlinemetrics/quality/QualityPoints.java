package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.model.ModelScope;
import io.plumbline.runtime.result.Measured;
import io.plumbline.runtime.result.Points;
import io.plumbline.stats.quality.Estimate;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;

/** The points of one version in one state of a window. */
public final class QualityPoints {
  private final Points points;
  private final boolean isFinal;
  private final double coverage;

  /** Of all its points; a metric's own come beside them. */
  private final Map<String, String> labels;

  private long made;

  /**
   * @param version the one that the points are of
   * @param labels of all its points
   * @param coverage labelled over all predictions; NaN: there are none
   * @param out takes each point
   */
  QualityPoints(
      QualityKey key,
      String version,
      Map<String, String> labels,
      double coverage,
      boolean isFinal,
      Instant computedAt,
      Consumer<MetricPoint> out) {
    this.labels = labels;
    this.coverage = coverage;
    this.isFinal = isFinal;
    points =
        new Points(
            ModelScope.of(key.model(), version, key.segment(), key.window()),
            isFinal,
            computedAt,
            out);
  }

  /** Whether no further state of the window is expected. */
  boolean isFinal() {
    return isFinal;
  }

  /** Makes the point of an exact value, if it is defined. */
  void point(QualityMetric metric, double value, long count) {
    point(metric, Measured.exact(value, count));
  }

  /** Makes the point of a value with its bound, if it is defined. */
  void point(QualityMetric metric, Estimate estimate, long count) {
    point(metric, Measured.exact(estimate.value(), count).within(estimate.bound()));
  }

  /** Makes the point of a value, if it is defined. */
  void point(QualityMetric metric, Measured measured) {
    if (Double.isFinite(measured.value())) {
      boolean isCovered = metric.isOfLabels() && !Double.isNaN(coverage);
      points.point(
          metric.metric(),
          "",
          metric.labels(labels),
          isCovered ? measured.covering(coverage) : measured);
      made |= metric.bit();
    }
  }

  /**
   * Takes back what an earlier state had and this one has not.
   *
   * @param before what the earlier one made
   * @return what this one has made
   */
  long withdrawAllOf(long before) {
    long gone = before & ~made;
    for (long left = gone; left != 0; left &= left - 1) {
      QualityMetric metric = QualityMetric.at(Long.numberOfTrailingZeros(left));
      points.withdraw(metric.metric(), "", metric.labels(labels));
    }
    return made;
  }
}
