package io.plumbline.onlinemetrics.quality;

import static io.plumbline.onlinemetrics.quality.Changes.DAY;
import static io.plumbline.onlinemetrics.quality.Changes.HOUR;
import static io.plumbline.onlinemetrics.quality.Changes.NOON;
import static io.plumbline.onlinemetrics.quality.Changes.binary;
import static io.plumbline.onlinemetrics.quality.Changes.folded;
import static io.plumbline.onlinemetrics.quality.Changes.fresh;
import static io.plumbline.onlinemetrics.quality.Changes.labelled;
import static io.plumbline.onlinemetrics.quality.Changes.multiclass;
import static io.plumbline.onlinemetrics.quality.Changes.regression;
import static io.plumbline.onlinemetrics.quality.Changes.served;
import static io.plumbline.onlinemetrics.quality.Changes.truth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.ClassScores;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.onlinemetrics.join.KeptPrediction;
import io.plumbline.onlinemetrics.join.Labelling;
import io.plumbline.onlinemetrics.join.ServedVersion;
import io.plumbline.onlinemetrics.join.Truth;
import io.plumbline.runtime.config.ModelConfig.Task;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which points are made of what, by hand. */
class QualityResultsTest {
  private static final double EXACT = 1e-12;

  private static Truth number(double number) {
    return new Truth(NOON + HOUR, Double.toString(number), null, number);
  }

  private static Truth named(String label) {
    return new Truth(NOON + HOUR, label, null, Double.NaN);
  }

  private static Joined pair(KeptPrediction shadow, KeptPrediction champion, Truth truth) {
    return new Joined(shadow, champion, null, new Labelling(truth, 0, 0));
  }

  /** The points of the one window that all are in, by series without job, model and window. */
  private static Map<String, MetricPoint> points(boolean isFinal, Joined... changes) {
    List<QualityDelta> windows = folded(changes);
    assertThat(windows).hasSize(1);
    Map<String, MetricPoint> points = new TreeMap<>();
    QualityResults.emit(
        windows.get(0),
        Emitted.NOTHING,
        isFinal,
        1,
        point ->
            points.put(
                point
                    .series()
                    .replace("job=\"online-metrics\",model=\"credit\",model_version=", "")
                    .replace(",window=\"1h\"", ""),
                point));
    return points;
  }

  private static void assertPoint(
      Map<String, MetricPoint> points, String series, double value, long count, Double coverage) {
    MetricPoint point = points.get(series);
    assertThat(point).as("%s of %s", series, points.keySet()).isNotNull();
    assertThat(point.value()).as(series).isCloseTo(value, within(EXACT));
    assertThat(point.count()).as(series).isEqualTo(count);
    assertThat(point.coverage()).as(series).isEqualTo(coverage);
    assertThat(point.layer()).isEqualTo("model");
  }

  @Test
  void numbers() {
    ServedVersion v1 = served("v1", Task.REGRESSION, DAY, HOUR);
    Map<String, MetricPoint> points =
        points(
            false,
            fresh(regression(v1, NOON, 1)),
            labelled(regression(v1, NOON, 1), number(2)),
            fresh(regression(v1, NOON, 3)),
            labelled(regression(v1, NOON, 3), number(5)),
            fresh(regression(v1, NOON, 8)),
            // An error has a label too, and is neither right nor wrong.
            fresh(regression(v1, NOON, Double.NaN)),
            labelled(regression(v1, NOON, Double.NaN), number(4)));
    assertPoint(points, "mae{\"v1\"}", 1.5, 2, 0.75);
    assertPoint(points, "bias{\"v1\"}", -1.5, 2, 0.75);
    assertPoint(points, "rmse{\"v1\"}", Math.sqrt(2.5), 2, 0.75);
    assertPoint(points, "mape{\"v1\"}", 0.45, 2, 0.75);
    assertPoint(points, "r2{\"v1\"}", 1 - 5 / 4.5, 2, 0.75);
    assertPoint(points, "label_selection_gap{\"v1\"}", 2 - 8.0, 3, 0.75);
    assertPoint(points, "label_coverage_ratio{\"v1\"}", 0.75, 4, 0.75);
    assertPoint(points, "labels_corrected{\"v1\"}", 0, 3, 0.75);
    assertPoint(points, "labels_expired{\"v1\"}", 0, 4, 0.75);
    assertThat(points)
        .containsKeys(
            "label_delay_seconds{\"v1\",quantile=\"0.5\"}",
            "label_delay_seconds{\"v1\",quantile=\"0.95\"}")
        .hasSize(11);
  }

  @Test
  void severalClasses() {
    ServedVersion v1 = served("v1", Task.MULTICLASS, DAY, HOUR);
    KeptPrediction a = multiclass(v1, NOON, ClassScores.of(Map.of("a", 0.75, "b", 0.25)));
    KeptPrediction b = multiclass(v1, NOON, ClassScores.of(Map.of("a", 0.25, "b", 0.75)));
    KeptPrediction none = multiclass(v1, NOON, null);
    Map<String, MetricPoint> points =
        points(
            false,
            fresh(a),
            labelled(a, named("a")),
            fresh(b),
            labelled(b, named("a")),
            fresh(none),
            labelled(none, named("c")),
            fresh(b));
    assertPoint(points, "accuracy{\"v1\"}", 0.5, 2, 0.75);
    assertPoint(points, "f1{\"v1\",average=\"macro\"}", 1 / 3.0, 2, 0.75);
    assertPoint(points, "f1{\"v1\",average=\"weighted\"}", 2 / 3.0, 2, 0.75);
    assertPoint(points, "log_loss{\"v1\"}", -(Math.log(0.75) + Math.log(0.25)) / 2, 2, 0.75);
    assertPoint(points, "ece{\"v1\"}", 0.25, 2, 0.75);
    assertPoint(points, "label_selection_gap{\"v1\"}", 0, 3, 0.75);
  }

  @Test
  void ofAPairBothVersionsAreMeasuredOnTheSamePredictions() {
    ServedVersion v1 = served("v1", Task.BINARY, DAY, HOUR);
    ServedVersion shadow = served("shadow", Task.BINARY, DAY, HOUR);
    Map<String, MetricPoint> points =
        points(
            true,
            pair(binary(shadow, NOON, 0.75), binary(v1, NOON, 0.25), truth(true, NOON)),
            pair(binary(shadow, NOON, 0.75), binary(v1, NOON, 0.75), truth(true, NOON)),
            // Only the one has a score.
            pair(binary(shadow, NOON, Double.NaN), binary(v1, NOON, 0.75), truth(false, NOON)),
            pair(binary(shadow, NOON, 0.125), binary(v1, NOON, 0.25), null));
    String ofShadow = "{\"shadow\",against=\"v1\",role=\"shadow\"}";
    String ofChampion = "{\"v1\",against=\"shadow\"}";
    assertPoint(points, "accuracy" + ofShadow, 1, 2, 0.75);
    assertPoint(points, "accuracy" + ofChampion, 0.5, 2, 0.75);
    assertPoint(points, "brier" + ofShadow, 0.0625, 2, 0.75);
    assertPoint(points, "brier" + ofChampion, (0.5625 + 0.0625) / 2, 2, 0.75);
    assertPoint(points, "shadow_disagreement_ratio" + ofShadow, 1 / 3.0, 3, null);
    assertPoint(points, "shadow_mean_abs_difference" + ofShadow, 0.625 / 3, 3, null);
    assertThat(points).containsKey("shadow_rank_correlation" + ofShadow);
    String test = "shadow_p_value{\"shadow\",against=\"v1\",role=\"shadow\",test=\"";
    assertPoint(points, test + "mcnemar\"}", 1, 2, 0.75);
    assertPoint(points, test + "paired_t\"}", 0.5, 2, 0.75);
    // What is of predictions by themselves is no pair's.
    assertThat(points.keySet()).noneMatch(series -> series.startsWith("label"));
  }

  @Test
  void testsAreOfFinalWindowsOnly() {
    ServedVersion v1 = served("v1", Task.REGRESSION, DAY, HOUR);
    ServedVersion shadow = served("shadow", Task.REGRESSION, DAY, HOUR);
    Joined[] pairs = {
      pair(regression(shadow, NOON, 1), regression(v1, NOON, 2), number(1)),
      pair(regression(shadow, NOON, 3), regression(v1, NOON, 5), number(3))
    };
    assertThat(points(false, pairs).keySet()).noneMatch(series -> series.contains("p_value"));
    Map<String, MetricPoint> last = points(true, pairs);
    assertThat(last.keySet()).noneMatch(series -> series.contains("mcnemar"));
    // t = -1.5 / (sqrt(0.5) / sqrt(2)) = -3 with one degree of freedom.
    assertPoint(
        last,
        "shadow_p_value{\"shadow\",against=\"v1\",role=\"shadow\",test=\"paired_t\"}",
        1 - 2 * Math.atan(3) / Math.PI,
        2,
        1.0);
  }

  @Test
  void aWindowWithoutLabelsHasACoverageOfNothing() {
    ServedVersion v1 = served("v1", Task.BINARY, DAY, HOUR);
    Map<String, MetricPoint> points = points(false, fresh(binary(v1, NOON, 0.5)));
    assertThat(points)
        .containsOnlyKeys(
            "label_coverage_ratio{\"v1\"}", "labels_corrected{\"v1\"}", "labels_expired{\"v1\"}");
    assertPoint(points, "label_coverage_ratio{\"v1\"}", 0, 1, 0.0);
  }

  @Test
  void whatHasNoClassCountsWithItsScore() {
    ServedVersion v1 = served("v1", Task.BINARY, DAY, HOUR);
    KeptPrediction one = new KeptPrediction(v1, List.of(), NOON, false, 0.75, null, null, null);
    Map<String, MetricPoint> points = points(false, fresh(one), labelled(one, truth(true, NOON)));
    assertPoint(points, "brier{\"v1\"}", 0.0625, 1, 1.0);
    assertThat(points).doesNotContainKeys("accuracy{\"v1\"}", "true_positives{\"v1\"}");
  }
}
