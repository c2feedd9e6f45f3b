package io.plumbline.featurehealth.window;

import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureTally;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.expectation.FeatureCounts;
import io.plumbline.runtime.result.Measured;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import io.plumbline.runtime.window.Window;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.quantile.LogLinearHistogram;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The metric points of features. */
public final class WindowPoints extends Points {
  /** The job's name in series and tables. */
  public static final String JOB = "feature-health";

  private static final String LAYER = "data";
  private static final Map<String, Double> AGES =
      new TreeMap<>(Map.of("0.5", 0.5, "0.95", 0.95, "0.99", 0.99));

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
    super(
        new PointScope(
            JOB, LAYER, model, modelVersion, segment, window.startTime(), window.endTime()),
        isFinal,
        computedAt,
        out);
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
                Map.of("quantile", label),
                Measured.exact(ages.quantile(q) / 1000, ages.count())
                    .within(ages.quantileBound(q) / 1000)));
  }
}
