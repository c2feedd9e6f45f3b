package io.plumbline.onlinemetrics.health;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.model.ModelScope;
import io.plumbline.runtime.result.Measured;
import io.plumbline.runtime.result.Points;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.quality.PredictionHealth;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The metric points of one state of a window. */
final class HealthPoints {
  /** The job's name in series and tables. */
  private static final Map<String, Integer> PERCENTS =
      new TreeMap<>(Map.of("0.05", 5, "0.25", 25, "0.5", 50, "0.75", 75, "0.95", 95, "0.99", 99));

  private static final Map<String, Double> LATENCIES =
      new TreeMap<>(Map.of("0.5", 0.5, "0.95", 0.95, "0.99", 0.99));

  private static final double MICROS_OF_SECOND = 1e6;

  /** A latency is taken to the nearest microsecond. */
  private static final double ROUNDING_MICROS = 0.5;

  private final Points points;
  private final Map<String, String> labels;

  /**
   * @param of whose names they have
   * @param out takes each point
   */
  HealthPoints(HealthPart of, boolean isFinal, Instant computedAt, Consumer<MetricPoint> out) {
    points =
        new Points(
            ModelScope.of(of.model(), of.version(), of.segment(), of.window()),
            isFinal,
            computedAt,
            out);
    labels = of.role() == Role.SHADOW ? Map.of("role", "shadow") : Map.of();
  }

  private void exact(String metric, double value, long count) {
    point(metric, labels, Measured.exact(value, count));
  }

  private void quantile(String metric, String quantile, Measured measured) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("quantile", quantile);
    point(metric, all, measured);
  }

  private void point(String metric, Map<String, String> of, Measured measured) {
    if (Double.isInfinite(measured.value())) {
      // Fewer predictions of the window may have had one within the range of doubles.
      points.withdraw(metric, "", of);
    } else {
      points.point(metric, "", of, measured);
    }
  }

  /** All that is known of the window's predictions. */
  void of(PredictionHealth health) {
    exact("prediction_rows", health.rows(), health.rows());
    exact("prediction_error_ratio", health.errorRatio(), health.rows());
    exact("prediction_nan_ratio", health.notFiniteRatio(), health.values().rows());
    exact("confidence_mean", health.meanConfidence(), health.confidenceCount());
    values(health.values().moments(), health.values().distribution());
    latencies(health.latencies());
  }

  private void values(Moments moments, Distribution distribution) {
    long count = moments.count();
    exact("prediction_mean", moments.mean(), count);
    exact("prediction_stddev", moments.sampleStandardDeviation(), count);
    exact("prediction_min", distribution.min(), count);
    exact("prediction_max", distribution.max(), count);
    PERCENTS.forEach(
        (label, percent) ->
            quantile(
                "prediction_quantile",
                label,
                Measured.exact(distribution.quantile(percent, 100), count)
                    .within(distribution.quantileBound(percent, 100))));
  }

  private void latencies(LogLinearHistogram latencies) {
    LATENCIES.forEach(
        (label, q) ->
            quantile(
                "prediction_latency_seconds",
                label,
                Measured.exact(
                        latencies.interpolatedQuantile(q) / MICROS_OF_SECOND, latencies.count())
                    .within(
                        (latencies.interpolatedQuantileBound(q) + ROUNDING_MICROS)
                            / MICROS_OF_SECOND)));
  }

  /**
   * What is usual.
   *
   * @param hourlyMeans of the past
   */
  void baseline(Moments hourlyMeans) {
    exact("model_baseline_mean", hourlyMeans.mean(), hourlyMeans.count());
    exact("model_baseline_stddev", hourlyMeans.sampleStandardDeviation(), hourlyMeans.count());
  }
}
