package io.plumbline.onlinemetrics.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.join.Fresh;
import io.plumbline.onlinemetrics.join.FreshPrediction;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.onlinemetrics.model.ModelsView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which points a window has, and when they are emitted. */
class HealthWindowsTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final Duration LATENESS = Duration.ofMinutes(10);

  private static final ModelsView MODELS =
      Models.fixed(
          """
          models:
            - {name: credit, task: binary, health_windows: [1m], segments: [{column: country}]}
            - {name: hourly, task: regression, health_windows: [1h]}
          """);

  private KeyedOneInputStreamOperatorTestHarness<String, HealthPart, MetricPoint> harness;

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new HealthWindows(LATENESS)), HealthPart::key, Types.STRING);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend());
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.setProcessingTime(NOON);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void restore() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(state);
  }

  private void add(FreshPrediction... predictions) throws Exception {
    HealthFold fold = new HealthFold(MODELS, 100);
    fold.open(1 << 20);
    for (FreshPrediction prediction : predictions) {
      fold.add(prediction, Long.MIN_VALUE);
    }
    List<HealthPart> parts = new ArrayList<>();
    fold.flush(Long.MAX_VALUE, parts::add);
    for (HealthPart part : parts) {
      harness.processElement(new StreamRecord<>(part));
    }
  }

  private void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  /** The last states that were emitted since it was asked last, by metric, segment and labels. */
  private Map<String, MetricPoint> points() {
    Map<String, MetricPoint> points = new TreeMap<>();
    for (MetricPoint point : harness.extractOutputValues()) {
      assertThat(point.job()).isEqualTo("online-metrics");
      assertThat(point.layer()).isEqualTo("model");
      String name = point.metric() + new TreeMap<>(point.labels()) + point.segment();
      MetricPoint before = points.put(name.replace("{}", ""), point);
      assertThat(before == null || before.computedAt().isBefore(point.computedAt())).isTrue();
    }
    harness.getOutput().clear();
    return points;
  }

  private static FreshPrediction made(
      long ts, Double score, Double confidence, Double latencyMs, String error) {
    return new FreshPrediction(
        Fresh.answer(
            Role.CHAMPION, "credit", "v3", ts, score, null, null, confidence, latencyMs, error),
        List.of());
  }

  @Test
  void aWindowHasAllThatIsKnownWithoutLabels() throws Exception {
    add(
        made(NOON, 0.1, 0.9, 10.0, null),
        made(NOON + 1, 0.2, null, 0.0304, null),
        made(NOON + 2, 0.6, 0.5, null, null),
        made(NOON + 3, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY, null),
        made(NOON + 59_999, null, null, null, "timeout"));
    watermark(NOON + MINUTE - 2);
    assertThat(points()).isEmpty();
    watermark(NOON + MINUTE - 1);
    Map<String, MetricPoint> points = points();
    assertThat(points)
        .hasSize(17)
        .allSatisfy(
            (name, point) -> {
              assertThat(point.windowStart().toEpochMilli()).isEqualTo(NOON);
              assertThat(point.windowEnd().toEpochMilli()).isEqualTo(NOON + MINUTE);
              assertThat(point.model()).isEqualTo("credit");
              assertThat(point.modelVersion()).isEqualTo("v3");
              assertThat(point.isFinal()).isFalse();
              assertThat(point.coverage()).isNull();
            });
    assertPoint(points, "prediction_rows", 5, 5);
    assertPoint(points, "prediction_error_ratio", 0.2, 5);
    assertPoint(points, "prediction_nan_ratio", 0.25, 4);
    assertPoint(points, "confidence_mean", 0.7, 2);
    assertPoint(points, "prediction_mean", 0.3, 3);
    assertPoint(points, "prediction_stddev", Math.sqrt(0.07), 3);
    assertPoint(points, "prediction_min", 0.1, 3);
    assertPoint(points, "prediction_max", 0.6, 3);
    // As numpy.percentile([0.1, 0.2, 0.6], q).
    assertPoint(points, "prediction_quantile{quantile=0.05}", 0.11, 3);
    assertPoint(points, "prediction_quantile{quantile=0.25}", 0.15, 3);
    assertPoint(points, "prediction_quantile{quantile=0.5}", 0.2, 3);
    assertPoint(points, "prediction_quantile{quantile=0.75}", 0.4, 3);
    assertPoint(points, "prediction_quantile{quantile=0.95}", 0.56, 3);
    assertPoint(points, "prediction_quantile{quantile=0.99}", 0.592, 3);
    MetricPoint latency = points.get("prediction_latency_seconds{quantile=0.5}");
    assertThat(latency.count()).isEqualTo(2);
    assertThat(latency.bound()).isBetween(0.5e-6, 0.005 / 32);
    assertThat(latency.value()).isCloseTo((10 + 0.0304) / 2 / 1000, within(latency.bound()));
    assertThat(points.get("prediction_latency_seconds{quantile=0.99}").value())
        .isCloseTo((0.0304 + (10 - 0.0304) * 0.99) / 1000, within(0.01 / 64));
  }

  private static void assertPoint(
      Map<String, MetricPoint> points, String name, double value, long count) {
    MetricPoint point = points.get(name);
    assertThat(point).as(name).isNotNull();
    assertThat(point.value()).as(name).isCloseTo(value, within(1e-15));
    assertThat(point.count()).as(name).isEqualTo(count);
    assertThat(point.bound()).as(name).isZero();
  }

  @Test
  void whatIsUndefinedIsNoPoint() throws Exception {
    add(made(NOON, null, null, null, "timeout"));
    watermark(NOON + MINUTE);
    assertThat(points().keySet()).containsExactly("prediction_error_ratio", "prediction_rows");
    add(made(NOON + MINUTE, 0.5, null, null, null));
    watermark(NOON + 2 * MINUTE);
    assertThat(points()).containsKey("prediction_mean").doesNotContainKey("prediction_stddev");
  }

  @Test
  void aDeviationBeyondTheRangeOfDoublesIsWithdrawn() throws Exception {
    add(
        made(NOON, Double.MAX_VALUE, null, null, null),
        made(NOON, Double.MAX_VALUE, null, null, null));
    watermark(NOON + MINUTE);
    assertThat(points().get("prediction_stddev").value()).isZero();
    add(
        made(NOON, -Double.MAX_VALUE, null, null, null),
        made(NOON, -Double.MAX_VALUE, null, null, null));
    watermark(NOON + MINUTE + 1);
    Map<String, MetricPoint> points = points();
    assertThat(points.get("prediction_mean").value()).isZero();
    assertThat(points.get("prediction_stddev").value()).isNull();
  }

  @Test
  void aQuantileThatIsNotExactSaysByHowMuch() throws Exception {
    FreshPrediction[] many =
        IntStream.range(0, 5000)
            .mapToObj(i -> made(NOON, i / 5000.0, null, null, null))
            .toArray(FreshPrediction[]::new);
    add(many);
    watermark(NOON + MINUTE);
    MetricPoint median = points().get("prediction_quantile{quantile=0.5}");
    assertThat(median.bound()).isPositive().isLessThan(0.01);
    assertThat(median.value()).isCloseTo(0.5 * 4999 / 5000, within(median.bound()));
  }

  @Test
  void rolesVersionsAndSegmentsAreSeries() throws Exception {
    add(
        Fresh.in(Role.CHAMPION, "credit", "v3", NOON, 0.1, "country=DE"),
        Fresh.in(Role.SHADOW, "credit", "v3", NOON, 0.2, "country=DE"),
        Fresh.in(Role.CHAMPION, "credit", "v4", NOON, 0.3, "country=__other__"));
    watermark(NOON + MINUTE);
    assertThat(harness.extractOutputValues())
        .filteredOn(point -> point.metric().equals("prediction_mean"))
        .extracting(MetricPoint::series)
        .containsExactlyInAnyOrder(
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v3\",window=\"1m\"}",
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v3\",segment=\"country=DE\",window=\"1m\"}",
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v3\",window=\"1m\",role=\"shadow\"}",
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v3\",segment=\"country=DE\",window=\"1m\",role=\"shadow\"}",
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v4\",window=\"1m\"}",
            "prediction_mean{job=\"online-metrics\",model=\"credit\",model_version=\"v4\",segment=\"country=__other__\",window=\"1m\"}");
  }

  @Test
  void aWindowIsEmittedAgainWithLatePredictionsAndALastTimeAsFinal() throws Exception {
    add(made(NOON, 0.1, null, null, null));
    watermark(NOON + MINUTE);
    Instant first = points().get("prediction_rows").computedAt();
    add(made(NOON + 1, 0.3, null, null, null));
    restore();
    watermark(NOON + MINUTE + 1);
    MetricPoint again = points().get("prediction_rows");
    assertThat(again.value()).isEqualTo(2);
    assertThat(again.isFinal()).isFalse();
    assertThat(again.computedAt()).isAfter(first);
    watermark(NOON + MINUTE + LATENESS.toMillis());
    assertThat(points())
        .allSatisfy((name, point) -> assertThat(point.isFinal()).isTrue())
        .containsKey("prediction_rows");
    add(made(NOON + 1, 0.3, null, null, null));
    watermark(NOON + HOUR);
    assertThat(points()).isEmpty();
  }

  private void hour(int hour, double value) throws Exception {
    add(
        new FreshPrediction(
            Fresh.answer(
                Role.CHAMPION,
                "hourly",
                "v1",
                NOON + hour * HOUR,
                null,
                null,
                value,
                null,
                null,
                null),
            List.of()));
    watermark(NOON + (hour + 1) * HOUR + LATENESS.toMillis());
  }

  private static double value(int hour) {
    return 10 + Math.sin(hour) + hour / 100.0;
  }

  @Test
  void whatIsUsualIsOfTheFinalHoursOfAWeekFromADayOn() throws Exception {
    DescriptiveStatistics week = new DescriptiveStatistics(168);
    for (int hour = 0; hour < 200; hour++) {
      hour(hour, value(hour));
      week.addValue(value(hour));
      Map<String, MetricPoint> points = points();
      if (hour == 100) {
        restore();
      }
      if (hour < 23) {
        assertThat(points).doesNotContainKeys("model_baseline_mean", "model_baseline_stddev");
        continue;
      }
      MetricPoint mean = points.get("model_baseline_mean");
      assertThat(mean.value()).isCloseTo(week.getMean(), within(1e-12));
      assertThat(mean.count()).isEqualTo(Math.min(168, hour + 1));
      assertThat(mean.isFinal()).isTrue();
      assertThat(mean.windowStart().toEpochMilli()).isEqualTo(NOON + hour * HOUR);
      assertThat(points.get("model_baseline_stddev").value())
          .isCloseTo(week.getStandardDeviation(), within(1e-12));
    }
  }

  @Test
  void hoursWithoutAPredictionLeaveAGapInTheWeek() throws Exception {
    for (int hour = 0; hour < 30; hour++) {
      hour(hour, value(hour));
    }
    points();
    // Of the week that ends with it, hours 3 to 29 and itself.
    hour(170, value(170));
    assertThat(points().get("model_baseline_mean").count()).isEqualTo(28);
    hour(175, value(175));
    // 8 to 29, 170, and itself.
    assertThat(points().get("model_baseline_mean").count()).isEqualTo(24);
    hour(176, value(176));
    hour(177, value(177));
    points();
    hour(180, value(180));
    // 13 to 29, 170, 175 to 177, and itself.
    assertThat(points()).doesNotContainKey("model_baseline_mean");
  }

  @Test
  void whatIsUsualIsForgottenAfterAWeekOfSilence() throws Exception {
    for (int hour = 0; hour < 30; hour++) {
      hour(hour, value(hour));
    }
    int before = harness.numEventTimeTimers();
    assertThat(before).isEqualTo(1);
    watermark(NOON + (30 + 168) * HOUR - 1);
    assertThat(harness.numEventTimeTimers()).isEqualTo(1);
    watermark(NOON + (30 + 168) * HOUR);
    assertThat(harness.numEventTimeTimers()).isZero();
    points();
    hour(200, value(200));
    assertThat(points()).containsKey("prediction_mean").doesNotContainKey("model_baseline_mean");
  }
}
