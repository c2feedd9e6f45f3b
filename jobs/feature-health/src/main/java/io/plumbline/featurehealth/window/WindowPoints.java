package io.plumbline.featurehealth.window;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.featurehealth.tally.FeatureCounts;
import io.plumbline.featurehealth.tally.FeatureTally;
import io.plumbline.runtime.window.Window;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The metric points of features. */
public final class WindowPoints {
  /** The job's name in series and tables. */
  public static final String JOB = "feature-health";

  private static final String LAYER = "data";
  private static final Map<String, Double> AGES =
      new TreeMap<>(Map.of("0.5", 0.5, "0.95", 0.95, "0.99", 0.99));

  private final String model;
  private final String modelVersion;
  private final String segment;
  private final Window window;
  private final boolean isFinal;
  private final Instant computedAt;
  private final Consumer<MetricPoint> out;

  /**
   * @param out takes each point
   */
  public WindowPoints(
      String model,
      String modelVersion,
      String segment,
      Window window,
      boolean isFinal,
      Instant computedAt,
      Consumer<MetricPoint> out) {
    this.model = model;
    this.modelVersion = modelVersion;
    this.segment = segment;
    this.window = window;
    this.isFinal = isFinal;
    this.computedAt = computedAt;
    this.out = out;
  }

  /** All that was counted of a feature in the window. */
  void of(String feature, Expectation expected, FeatureTally tally) {
    FeatureCounts counts = tally.counts().all();
    FeatureCounts held = tally.counts().heldTo(expected.bounds());
    point("feature_rows", feature, counts.rows(), counts.rows());
    ratio("feature_missing_ratio", feature, counts.missing(), counts.rows());
    ratio("feature_nan_ratio", feature, counts.nans(), counts.rows());
    ratio("feature_infinite_ratio", feature, counts.infinities(), counts.rows());
    ratio("feature_type_mismatch_ratio", feature, held.wrongType(), held.rows());
    if (expected.hasRange() && held.numbers() > 0) {
      ratio("feature_out_of_range_ratio", feature, held.outOfRange(), held.numbers());
    } else if (counts.numbers() > 0 && !tally.isOfOneBounds()) {
      // It may have been emitted by a range that holds no more.
      withdraw("feature_out_of_range_ratio", feature);
    }
    if (expected.hasCategories() && held.categories() > 0) {
      ratio("feature_new_category_ratio", feature, held.newCategories(), held.categories());
    } else if (counts.categories() > 0 && !tally.isOfOneBounds()) {
      withdraw("feature_new_category_ratio", feature);
    }
    if (tally.moments() != null) {
      numbers(feature, tally, counts.numbers());
    }
    if (tally.ages() != null) {
      ages(feature, tally.ages());
    }
  }

  private void numbers(String feature, FeatureTally tally, long count) {
    Moments moments = tally.moments();
    point("feature_min", feature, tally.min(), count);
    point("feature_max", feature, tally.max(), count);
    point("feature_mean", feature, moments.mean(), count);
    point("feature_stddev", feature, moments.sampleStandardDeviation(), count);
  }

  private void ages(String feature, LogLinearHistogram ages) {
    AGES.forEach(
        (label, q) ->
            point(
                "feature_age_seconds",
                feature,
                ages.quantile(q) / 1000,
                ages.count(),
                Map.of("quantile", label),
                ages.quantileBound(q) / 1000));
  }

  private void ratio(String metric, String feature, long part, long whole) {
    if (whole > 0) {
      point(metric, feature, (double) part / whole, whole);
    }
  }

  /** An exact point without labels; a value that is not finite is none. */
  public void point(String metric, String feature, double value, long count) {
    point(metric, feature, value, count, Map.of(), 0);
  }

  /** Takes a point back that an earlier state of the window may have had. */
  public void withdraw(String metric, String feature) {
    collect(metric, feature, null, 0, Map.of(), 0);
  }

  private void point(
      String metric,
      String feature,
      double value,
      long count,
      Map<String, String> labels,
      double bound) {
    if (Double.isFinite(value)) {
      collect(metric, feature, value, count, labels, bound);
    }
  }

  private void collect(
      String metric,
      String feature,
      Double value,
      long count,
      Map<String, String> labels,
      double bound) {
    String series =
        new Series(metric, JOB, model, modelVersion, feature, segment, window.duration(), labels)
            .text();
    out.accept(
        new MetricPoint(
            series,
            metric,
            value,
            count,
            window.startTime(),
            window.endTime(),
            model,
            modelVersion,
            feature,
            segment,
            JOB,
            LAYER,
            labels,
            bound,
            null,
            isFinal,
            computedAt));
  }
}
