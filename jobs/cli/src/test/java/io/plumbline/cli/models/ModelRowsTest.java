package io.plumbline.cli.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.config.ConfigLoader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is told of models. */
class ModelRowsTest {
  private static final String CONFIG =
      """
      models:
        - name: credit
          max_silence: 90s
          versions: [{version: v3}, {version: v4, role: shadow}, {version: v2, role: retired}]
        - {name: fraud}
      """;

  private static final Map<String, String> SHADOW = Map.of("role", "shadow");
  private static final ModelPoints V3 = ModelPoints.hours("credit", "v3");
  private static final ModelPoints V4 = ModelPoints.hours("credit", "v4").with(SHADOW);
  private static final ModelPoints ITSELF = ModelPoints.hours("credit", "").minutes();

  private final LastPoints points = new LastPoints();

  private ModelRows rows() {
    return new ModelRows(
        ConfigLoader.parse("test", CONFIG).models(), points, Instant.parse("2026-11-27T00:00:00Z"));
  }

  private void add(MetricPoint... all) {
    List.of(all).forEach(points::add);
  }

  private ModelRow of(String model, String version, String role) {
    return rows().byVersion().stream()
        .filter(row -> row.model().equals(model))
        .filter(row -> row.modelVersion().equals(version))
        .filter(row -> row.role().equals(role))
        .reduce(
            (one, two) -> {
              throw new AssertionError("two rows of " + one);
            })
        .orElseThrow();
  }

  @Test
  void whatWasNeverSeenHasNoData() {
    assertThat(rows().byVersion())
        .extracting(row -> row.model() + row.modelVersion() + row.role(), ModelRow::state)
        .containsExactly(
            tuple("creditv3champion", ModelState.NO_DATA),
            tuple("creditv4shadow", ModelState.NO_DATA),
            tuple("fraudchampion", ModelState.NO_DATA),
            tuple("creditv2champion", ModelState.RETIRED));
    assertThat(rows().summary(null))
        .isEqualTo("0 silent, 3 without data, 0 not seen, 0 ok, 1 retired; no point yet");
    assertThat(rows().byMetric("fraud"))
        .singleElement()
        .satisfies(row -> assertThat(row.metric()).isNull());
  }

  @Test
  void aVersionHasItsMostTellingMetricWithCoverageAndTrend() {
    add(
        V3.point("accuracy", 1, 0.9),
        V3.point("roc_auc", 0, 0.7),
        V3.point("roc_auc", 1, 0.8),
        new ModelPoints(ModelPoints.START, "credit", "v3", Map.of(), Duration.ofDays(1))
            .point("roc_auc", 0, 0.5),
        V3.with(Map.of("against", "v4")).point("roc_auc", 1, 0.6),
        V3.minutes().point("prediction_rows", 100, 100.0),
        V3.minutes().point("prediction_error_ratio", 100, 0.02),
        V3.point("prediction_rows", 1, 6000.0),
        V3.minutes().point("model_silence_seconds", 119, 4.5));
    ModelRow row = of("credit", "v3", "champion");
    assertThat(row.state()).isEqualTo(ModelState.OK);
    assertThat(row.metric()).isEqualTo("roc_auc");
    assertThat(row.window()).isEqualTo("1h");
    assertThat(row.value()).isEqualTo(0.8);
    assertThat(row.coverage()).isEqualTo(0.6);
    assertThat(row.trend()).containsExactly(0.7, 0.8);
    assertThat(row.windowEnd()).isEqualTo(ModelPoints.START.plusSeconds(7200));
    assertThat(row.rows()).isEqualTo(100);
    assertThat(row.errorRatio()).isEqualTo(0.02);
    assertThat(row.silenceSeconds()).isEqualTo(4.5);
  }

  @Test
  void aModelOfSeveralClassesHasItsMacroF1() {
    ModelPoints topic = ModelPoints.hours("topic", "v1");
    add(
        topic.with(Map.of("average", "weighted")).point("f1", 0, 0.9),
        topic.with(Map.of("average", "macro")).point("f1", 0, 0.4),
        topic.point("accuracy", 0, 0.8),
        topic.point("prediction_mean", 0, 0.5));
    assertThat(of("topic", "v1", "champion").name()).isEqualTo("f1{average=macro}");
  }

  @Test
  void aVersionIsSilentBeyondItsModelsMaxSilence() {
    add(
        V3.point("prediction_mean", 0, 0.5),
        V3.minutes().point("model_silence_seconds", 60, 90.0),
        V4.point("prediction_mean", 0, 0.5),
        V4.minutes().point("model_silence_seconds", 60, 90.001),
        ITSELF.point("model_silence_seconds", 60, 90.0));
    assertThat(of("credit", "v3", "champion").state()).isEqualTo(ModelState.OK);
    assertThat(of("credit", "v4", "shadow").state()).isEqualTo(ModelState.SILENT);
    assertThat(rows().byVersion().get(0).modelVersion()).isEqualTo("v4");
    // The model itself is no row, as its versions are.
    assertThat(rows().byVersion())
        .noneMatch(row -> row.modelVersion().isEmpty() && row.model().equals("credit"));
  }

  @Test
  void aVersionThatTheConfigDoesNotHaveIsAsSilentAsItsModel() {
    add(
        ModelPoints.hours("credit", "v9").point("prediction_mean", 0, 0.5),
        ITSELF.point("model_silence_seconds", 60, 100.0));
    assertThat(of("credit", "v9", "champion").silenceSeconds()).isEqualTo(100);
    assertThat(of("credit", "v9", "champion").state()).isEqualTo(ModelState.SILENT);
  }

  @Test
  void aModelThatNeverSpokeHasNoDataUntilThatIsTooLong() {
    ModelPoints fraud = ModelPoints.hours("fraud", "").minutes();
    add(fraud.point("model_silence_seconds", 0, 300.0));
    assertThat(of("fraud", "", "champion").state()).isEqualTo(ModelState.NO_DATA);
    add(fraud.point("model_silence_seconds", 1, 360.0));
    assertThat(of("fraud", "", "champion").state()).isEqualTo(ModelState.SILENT);
  }

  @Test
  void whatNobodyWatchesIsNotSeenWhenOthersAre() {
    ModelPoints unknown = ModelPoints.hours("unknown", "v1").minutes();
    add(unknown.point("prediction_rows", 0, 9.0), V3.minutes().point("prediction_rows", 15, 9.0));
    assertThat(of("unknown", "v1", "champion").state()).isEqualTo(ModelState.OK);
    add(V3.minutes().point("prediction_rows", 16, 9.0));
    assertThat(of("unknown", "v1", "champion").state()).isEqualTo(ModelState.NOT_SEEN);
    // A label that came late.
    add(unknown.point("accuracy", 0, 0.5, 16 * 60, ""));
    assertThat(of("unknown", "v1", "champion").state()).isEqualTo(ModelState.NOT_SEEN);
    assertThat(rows().models()).containsExactly("credit", "fraud", "unknown");
  }

  @Test
  void aModelsMetricsAreAllThere() {
    add(
        V3.point("roc_auc", 0, 0.7),
        V3.minutes().point("prediction_rows", 0, 9.0),
        V3.point("prediction_rows", 0, 9.0),
        V3.with(Map.of("quantile", "0.5")).point("prediction_quantile", 0, 0.5),
        V3.point("pr_auc", 0, null),
        ModelPoints.hours("fraud", "v1").point("roc_auc", 0, 0.7));
    assertThat(rows().byMetric("credit"))
        .extracting(row -> row.modelVersion() + " " + row.name() + " " + row.window())
        .containsExactly(
            "v2 null null",
            "v3 prediction_quantile{quantile=0.5} 1h",
            "v3 prediction_rows 1m",
            "v3 prediction_rows 1h",
            "v3 roc_auc 1h",
            "v4 null null");
    assertThat(rows().summary("credit"))
        .isEqualTo("0 silent, 1 without data, 0 not seen, 1 ok, 1 retired; last point 12h59m ago");
  }
}
