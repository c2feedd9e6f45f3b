package io.plumbline.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What online-metrics says of models, by this module's queries, run by Flink. */
class ModelMetricsIT {
  private static final String JOB = "online-metrics";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant MONDAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final Instant TUESDAY = MONDAY.plus(DAY);
  private static final Instant WEDNESDAY = TUESDAY.plus(DAY);
  private static final Instant NOON = TUESDAY.plusSeconds(12 * 3600);

  private static final String CHAMPION = "v3";
  private static final String SHADOW = "v4";

  @TempDir static Path tables;
  private static MetricTables flink;

  private static final List<MetricPoint> POINTS = new ArrayList<>();

  @BeforeAll
  static void theWeekOfAModel() throws Exception {
    quality(MONDAY, DAY, CHAMPION, Map.of(), 0.5, false, MONDAY.plus(DAY));
    quality(MONDAY, DAY, CHAMPION, Map.of(), 0.9, true, WEDNESDAY);
    quality(TUESDAY, DAY, CHAMPION, Map.of(), 0.4, false, WEDNESDAY);
    quality(TUESDAY, DAY, SHADOW, Map.of("role", "shadow"), 0.4, false, WEDNESDAY);
    quality(NOON, HOUR, CHAMPION, Map.of(), 0.8, false, WEDNESDAY);
    // Of the newest hour no label has come.
    point(
        NOON.plus(HOUR),
        HOUR,
        CHAMPION,
        "",
        "label_coverage_ratio",
        Map.of(),
        0,
        50,
        0.0,
        false,
        WEDNESDAY);
    point(
        TUESDAY, DAY, CHAMPION, "country=DE", "accuracy", Map.of(), 0.1, 10, 0.4, false, WEDNESDAY);
    labels();
    pairs();
    MetricTables.write(
        tables, "metric_points", JOB, MetricPoint.class, WEDNESDAY, "part-1", POINTS);
    MetricTables.write(
        tables,
        "metric_points",
        "external:shop",
        MetricPoint.class,
        WEDNESDAY,
        "part-1",
        List.of(
            made(
                "external:shop",
                MONDAY,
                DAY,
                CHAMPION,
                "",
                "accuracy",
                Map.of(),
                0.01,
                7,
                null,
                true,
                WEDNESDAY)));
    flink = MetricTables.in(tables);
  }

  /** Worse the fewer labels there are. */
  private static void quality(
      Instant start,
      Duration length,
      String version,
      Map<String, String> labels,
      double coverage,
      boolean isFinal,
      Instant at) {
    long count = Math.round(1000 * coverage);
    point(
        start,
        length,
        version,
        "",
        "accuracy",
        labels,
        coverage - 0.1,
        count,
        coverage,
        isFinal,
        at);
    point(start, length, version, "", "roc_auc", labels, coverage, count, coverage, isFinal, at);
    point(
        start,
        length,
        version,
        "",
        "label_coverage_ratio",
        labels,
        coverage,
        1000,
        coverage,
        isFinal,
        at);
  }

  private static void labels() {
    point(
        NOON,
        HOUR,
        CHAMPION,
        "",
        "label_delay_seconds",
        Map.of("quantile", "0.5"),
        60,
        800,
        0.8,
        false,
        WEDNESDAY);
    point(
        NOON,
        HOUR,
        CHAMPION,
        "",
        "label_delay_seconds",
        Map.of("quantile", "0.95"),
        600,
        800,
        0.8,
        false,
        WEDNESDAY);
    point(
        NOON,
        HOUR,
        CHAMPION,
        "",
        "label_selection_gap",
        Map.of(),
        -0.05,
        1000,
        0.8,
        false,
        WEDNESDAY);
    point(NOON, HOUR, CHAMPION, "", "labels_corrected", Map.of(), 16, 800, 0.8, false, WEDNESDAY);
    point(NOON, HOUR, CHAMPION, "", "labels_expired", Map.of(), 2, 1000, 0.8, false, WEDNESDAY);
    POINTS.add(
        made(JOB, NOON, HOUR, "", "", "labels_orphaned", Map.of(), 5, 5, null, false, WEDNESDAY));
  }

  private static void pairs() {
    Map<String, String> ofShadow = Map.of("role", "shadow", "against", CHAMPION);
    Map<String, String> ofChampion = Map.of("against", SHADOW);
    for (String segment : List.of("", "country=DE")) {
      point(NOON, HOUR, SHADOW, segment, "roc_auc", ofShadow, 0.85, 700, 0.8, true, WEDNESDAY);
      point(NOON, HOUR, CHAMPION, segment, "roc_auc", ofChampion, 0.82, 700, 0.8, true, WEDNESDAY);
    }
    point(NOON.plus(HOUR), HOUR, SHADOW, "", "roc_auc", ofShadow, 0.7, 70, 0.1, false, WEDNESDAY);
    point(
        NOON.plus(HOUR), HOUR, CHAMPION, "", "roc_auc", ofChampion, 0.8, 70, 0.1, false, WEDNESDAY);
    Map<String, String> test = Map.of("role", "shadow", "against", CHAMPION, "test", "mcnemar");
    point(NOON, HOUR, SHADOW, "", "shadow_p_value", test, 0.03, 700, 0.8, true, WEDNESDAY);
    test = Map.of("role", "shadow", "against", CHAMPION, "test", "paired_t");
    point(NOON, HOUR, SHADOW, "", "shadow_p_value", test, 0.001, 700, 0.8, true, WEDNESDAY);
    // Beside the pairs' own.
    point(
        NOON,
        HOUR,
        SHADOW,
        "",
        "roc_auc",
        Map.of("role", "shadow"),
        0.5,
        900,
        0.8,
        true,
        WEDNESDAY);
  }

  private static void point(
      Instant start,
      Duration length,
      String version,
      String segment,
      String metric,
      Map<String, String> labels,
      double value,
      long count,
      Double coverage,
      boolean isFinal,
      Instant at) {
    POINTS.add(
        made(
            JOB, start, length, version, segment, metric, labels, value, count, coverage, isFinal,
            at));
  }

  private static MetricPoint made(
      String job,
      Instant start,
      Duration length,
      String version,
      String segment,
      String metric,
      Map<String, String> labels,
      double value,
      long count,
      Double coverage,
      boolean isFinal,
      Instant at) {
    String model = version.isEmpty() ? "" : "credit";
    return new MetricPoint(
        new Series(metric, job, model, version, "", segment, length, labels).text(),
        metric,
        value,
        count,
        start,
        start.plus(length),
        model,
        version,
        "",
        segment,
        job,
        "model",
        labels,
        metric.equals("roc_auc") ? 0.004 : 0,
        coverage,
        isFinal,
        at);
  }

  private static List<Row> run(String query, String... columns) throws Exception {
    return flink.query(MetricTables.read("queries/" + query)).stream()
        .map(row -> Row.of(Stream.of(columns).map(row::getField).toArray()))
        .toList();
  }

  @Test
  void qualityByDayIsThatOfTheLastStateWithCoverageAndBound() throws Exception {
    assertThat(
            run(
                "model_quality_by_day.sql",
                "model_version",
                "role",
                "day",
                "metric",
                "value",
                "bound",
                "count",
                "coverage",
                "final"))
        .containsExactly(
            Row.of("v3", "champion", MONDAY, "accuracy", 0.8, 0.0, 900L, 0.9, true),
            Row.of("v3", "champion", MONDAY, "roc_auc", 0.9, 0.004, 900L, 0.9, true),
            Row.of("v3", "champion", TUESDAY, "accuracy", 0.4 - 0.1, 0.0, 400L, 0.4, false),
            Row.of("v3", "champion", TUESDAY, "roc_auc", 0.4, 0.004, 400L, 0.4, false),
            Row.of("v4", "shadow", TUESDAY, "accuracy", 0.4 - 0.1, 0.0, 400L, 0.4, false),
            Row.of("v4", "shadow", TUESDAY, "roc_auc", 0.4, 0.004, 400L, 0.4, false));
  }

  @Test
  void theLatestOfAVersionIsOfItsNewestWindowWithLabels() throws Exception {
    assertThat(
            run(
                "models_latest.sql",
                "model_version",
                "role",
                "window_start",
                "window_end",
                "coverage",
                "accuracy",
                "roc_auc",
                "mae"))
        .containsExactly(
            Row.of("v3", "champion", NOON, NOON.plus(HOUR), 0.8, 0.8 - 0.1, 0.8, null),
            Row.of("v3", "champion", TUESDAY, WEDNESDAY, 0.4, 0.4 - 0.1, 0.4, null),
            Row.of("v4", "shadow", NOON, NOON.plus(HOUR), 0.8, null, 0.5, null),
            Row.of("v4", "shadow", TUESDAY, WEDNESDAY, 0.4, 0.4 - 0.1, 0.4, null));
  }

  @Test
  void championAndShadowAreComparedOnTheirPairs() throws Exception {
    assertThat(
            run(
                "champion_against_shadow.sql",
                "champion",
                "shadow",
                "window_start",
                "segment",
                "metric",
                "champion_value",
                "shadow_value",
                "count",
                "final",
                "mcnemar_p_value",
                "paired_t_p_value"))
        .containsExactly(
            Row.of("v3", "v4", NOON, "", "roc_auc", 0.82, 0.85, 700L, true, 0.03, 0.001),
            Row.of("v3", "v4", NOON, "country=DE", "roc_auc", 0.82, 0.85, 700L, true, null, null),
            Row.of("v3", "v4", NOON.plus(HOUR), "", "roc_auc", 0.8, 0.7, 70L, false, null, null));
  }

  @Test
  void delayAndCoverageOfEachWindowAreARow() throws Exception {
    String[] columns = {
      "model",
      "window_start",
      "predictions",
      "coverage",
      "delay_seconds_p50",
      "delay_seconds_p95",
      "selection_gap",
      "corrected",
      "expired",
      "orphaned"
    };
    assertThat(run("label_delay.sql", columns))
        .containsExactly(
            Row.of("", NOON, null, null, null, null, null, null, null, 5.0),
            Row.of("credit", MONDAY, 1000L, 0.9, null, null, null, null, null, null),
            Row.of("credit", TUESDAY, 1000L, 0.4, null, null, null, null, null, null),
            Row.of("credit", NOON, 1000L, 0.8, 60.0, 600.0, -0.05, 16.0, 2.0, null),
            Row.of("credit", NOON.plus(HOUR), 50L, 0.0, null, null, null, null, null, null),
            Row.of("credit", TUESDAY, 1000L, 0.4, null, null, null, null, null, null));
  }
}
