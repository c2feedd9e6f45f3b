package io.plumbline.featurehealth.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.featurehealth.tally.Blocks;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Windows of a model's features: when they are emitted, and by what they are judged. */
class ModelFeaturesTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final int MIN_ROWS = 30;
  private static final Expectation EXPECTED =
      Registries.feature(
          "{name: f, type: numeric, null_threshold: 0.1, range: {min: 0, max: 10}, version: '1'}");

  private KeyedOneInputStreamOperatorTestHarness<String, FeatureBlock, MetricPoint> harness;

  @BeforeEach
  void open() throws Exception {
    open(features(MINUTE), null);
  }

  private static KeyedProcessFunction<String, FeatureBlock, MetricPoint> features(long window) {
    return new ModelFeatures(
        new WindowSettings(Duration.ofMillis(window), Duration.ofMinutes(10), MIN_ROWS));
  }

  private void open(
      KeyedProcessFunction<String, FeatureBlock, MetricPoint> function, OperatorSubtaskState state)
      throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(function), FeatureBlock::key, Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    harness.setProcessingTime(NOON);
  }

  private void goOnWith(KeyedProcessFunction<String, FeatureBlock, MetricPoint> function)
      throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(function, state);
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  /** Rows of one minute, of which some are null. */
  private static FeatureBlock rows(int minute, int rows, int nulls) {
    List<Value> values = new ArrayList<>(Collections.nCopies(rows - nulls, Value.of(5.0)));
    values.addAll(Collections.nCopies(nulls, Value.NULL));
    return Blocks.of("credit", "f", NOON + minute * MINUTE, EXPECTED, values);
  }

  private void add(FeatureBlock block) throws Exception {
    harness.processElement(new StreamRecord<>(block));
  }

  private void watermark(long minute) throws Exception {
    harness.processWatermark(new Watermark(NOON + minute * MINUTE));
  }

  private List<FeatureCheck> checks() {
    var all = harness.getSideOutput(Checks.OUTPUT);
    return all == null ? List.of() : all.stream().map(StreamRecord::getValue).toList();
  }

  /** The last state of each check, by window. */
  private Map<Instant, FeatureCheck> last() {
    Map<Instant, FeatureCheck> last = new LinkedHashMap<>();
    checks().forEach(check -> last.put(check.windowStart(), check));
    return last;
  }

  private FeatureCheck lastOf(int minute) {
    return last().get(Instant.ofEpochMilli(NOON + minute * MINUTE));
  }

  private List<MetricPoint> points(String metric) {
    return harness.extractOutputValues().stream()
        .filter(point -> point.metric().equals(metric))
        .toList();
  }

  @Test
  void aWindowIsEmittedWhenItIsOverAndALastTimeWhenNoEventCanChangeIt() throws Exception {
    add(rows(0, 50, 1));
    add(rows(0, 50, 1));
    harness.processWatermark(new Watermark(NOON + MINUTE - 2));
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.processWatermark(new Watermark(NOON + MINUTE - 1));
    assertThat(points("feature_missing_ratio"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.value()).isEqualTo(0.02);
              assertThat(point.count()).isEqualTo(100);
              assertThat(point.isFinal()).isFalse();
              assertThat(point.bound()).isZero();
              assertThat(point.windowEnd()).isEqualTo(Instant.ofEpochMilli(NOON + MINUTE));
              assertThat(point.series())
                  .isEqualTo(
                      "feature_missing_ratio{job=\"feature-health\",model=\"credit\",model_version=\"v1\",feature=\"f\",window=\"1m\"}");
            });
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.isHealthy()).isTrue();
              assertThat(check.issues()).isEmpty();
              assertThat(check.rows()).isEqualTo(100);
              assertThat(check.pooledFrom()).isNull();
              assertThat(check.featureVersion()).isEqualTo("1");
            });
    watermark(12);
    assertThat(points("feature_missing_ratio"))
        .hasSize(2)
        .last()
        .satisfies(
            point -> {
              assertThat(point.isFinal()).isTrue();
              assertThat(point.computedAt())
                  .isAfter(points("feature_missing_ratio").get(0).computedAt());
            });
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void lateEventsGiveTheWindowANewState() throws Exception {
    add(rows(0, 100, 0));
    watermark(5);
    add(rows(0, 50, 50));
    assertThat(checks()).hasSize(1);
    watermark(6);
    assertThat(checks()).hasSize(2);
    assertThat(lastOf(0).isHealthy()).isFalse();
    assertThat(lastOf(0).rows()).isEqualTo(150);
    assertThat(lastOf(0).issues().get(0))
        .matches("null rate 0\\.333, threshold 0\\.1 \\(chance [0-9.]+E-[0-9]+\\)");
  }

  @Test
  void smallWindowsAreJudgedTogether() throws Exception {
    add(rows(0, 10, 0));
    add(rows(1, 10, 6));
    add(rows(2, 10, 0));
    add(rows(3, 100, 0));
    watermark(4);
    assertThat(lastOf(0).issues())
        .containsExactly("insufficient: 10 rows since 2026-11-26T12:00:00Z, min_rows 30");
    assertThat(lastOf(0).isHealthy()).isTrue();
    assertThat(lastOf(1).issues().get(0)).startsWith("insufficient: 20 rows");
    assertThat(lastOf(2).isHealthy()).isFalse();
    assertThat(lastOf(2).issues().get(0)).startsWith("null rate 0.2, threshold 0.1");
    assertThat(lastOf(2).pooledFrom()).isEqualTo(Instant.ofEpochMilli(NOON));
    assertThat(lastOf(2).rows()).isEqualTo(10);
    assertThat(lastOf(3).pooledFrom()).isNull();
    assertThat(lastOf(3).isHealthy()).isTrue();
    // Each has points of its own; only what was judged is healthy or not.
    assertThat(points("feature_rows")).hasSize(4);
    assertThat(points("feature_healthy"))
        .extracting(MetricPoint::value)
        .containsExactly(null, null, 0.0, 1.0);
  }

  private static FeatureBlock above(int minute, int rows, int max, long revision) {
    return Blocks.of(
        "credit",
        "f",
        NOON + minute * MINUTE,
        Registries.feature("{name: f, type: numeric, range: {max: %d}}".formatted(max), revision),
        Collections.nCopies(rows, Value.of(5.0)));
  }

  @Test
  void aWindowThatControlBroughtAnotherRangeIntoIsJudgedByTheRowsHeldToIt() throws Exception {
    add(above(0, 100, 3, 2));
    add(above(0, 300, 10, 3));
    add(above(0, 100, 10, 1));
    watermark(1);
    assertThat(lastOf(0).issues()).isEmpty();
    assertThat(lastOf(0).rows()).isEqualTo(500);
    assertThat(points("feature_out_of_range_ratio"))
        .singleElement()
        .satisfies(
            point -> {
              assertThat(point.value()).isZero();
              assertThat(point.count()).isEqualTo(400);
            });
    assertThat(points("feature_mean"))
        .singleElement()
        .satisfies(point -> assertThat(point.count()).isEqualTo(500));
  }

  @Test
  void aShareByARangeThatIsGoneIsTakenBack() throws Exception {
    add(above(0, 100, 3, 1));
    watermark(1);
    assertThat(points("feature_out_of_range_ratio"))
        .last()
        .satisfies(point -> assertThat(point.value()).isOne());
    add(
        Blocks.of(
            "credit",
            "f",
            NOON,
            Registries.feature("{name: f, type: numeric}", 2),
            List.of(Value.of(5.0))));
    watermark(2);
    assertThat(points("feature_out_of_range_ratio"))
        .hasSize(2)
        .last()
        .satisfies(point -> assertThat(point.value()).isNull());
    assertThat(points("feature_new_category_ratio")).isEmpty();
  }

  @Test
  void smallWindowsOfSeveralRangesAreJudgedByThatOfEachWindow() throws Exception {
    add(above(0, 20, 3, 1));
    add(above(1, 20, 4, 2));
    add(above(2, 20, 10, 3));
    add(above(3, 20, 3, 4));
    watermark(4);
    assertThat(lastOf(1).issues()).containsExactly("above 4: 1 (20 of 20 held to it)");
    assertThat(lastOf(3).issues()).containsExactly("above 3: 1 (20 of 20 held to it)");
    assertThat(lastOf(3).pooledFrom()).isEqualTo(Instant.ofEpochMilli(NOON + 2 * MINUTE));
  }

  private static FeatureBlock rows(Window window, int rows) {
    return Blocks.of("credit", "f", window, EXPECTED, Collections.nCopies(rows, Value.of(5.0)));
  }

  /** What was emitted so far: length, end and rows of each window. */
  private List<String> emitted() {
    return points("feature_rows").stream()
        .map(
            point ->
                "%s until %s: %d%s"
                    .formatted(
                        point.series().replaceAll(".*window=\"(.*)\".*", "$1"),
                        point.windowEnd().toString().substring(11, 19),
                        point.count(),
                        point.isFinal() ? ", final" : ""))
        .toList();
  }

  @Test
  void aWindowKeepsTheLengthThatItWasBegunWith() throws Exception {
    long half = MINUTE / 2;
    add(rows(new Window(NOON, MINUTE), 60));
    goOnWith(features(half));
    add(rows(new Window(NOON, half), 31));
    add(rows(new Window(NOON + half, half), 32));
    harness.processWatermark(new Watermark(NOON + half));
    assertThat(emitted()).containsExactly("30s until 12:00:30: 31");
    watermark(1);
    assertThat(emitted())
        .containsExactly(
            "30s until 12:00:30: 31", "1m until 12:01:00: 60", "30s until 12:01:00: 32");
    assertThat(checks())
        .extracting(FeatureCheck::windowEnd)
        .containsExactly(
            Instant.ofEpochMilli(NOON + half),
            Instant.ofEpochMilli(NOON + MINUTE),
            Instant.ofEpochMilli(NOON + MINUTE));
    watermark(20);
    assertThat(emitted())
        .hasSize(6)
        .contains(
            "30s until 12:00:30: 31, final",
            "1m until 12:01:00: 60, final",
            "30s until 12:01:00: 32, final");
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void soItIsWhenWindowsBecomeLonger() throws Exception {
    long half = MINUTE / 2;
    goOnWith(features(half));
    add(rows(new Window(NOON, half), 10));
    add(rows(new Window(NOON + half, half), 10));
    goOnWith(features(MINUTE));
    add(rows(new Window(NOON, MINUTE), 40));
    watermark(1);
    assertThat(emitted())
        .containsExactly(
            "30s until 12:00:30: 10", "1m until 12:01:00: 40", "30s until 12:01:00: 10");
    // Windows of one length are judged together, and no others.
    assertThat(checks())
        .extracting(check -> check.issues().toString())
        .containsExactly(
            "[insufficient: 10 rows since 2026-11-26T12:00:00Z, min_rows 30]",
            "[]",
            "[insufficient: 20 rows since 2026-11-26T12:00:00Z, min_rows 30]");
    watermark(200);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theirHourIsKeptUntilItIsOverAndNoLonger() throws Exception {
    add(rows(0, 10, 0));
    watermark(30);
    add(rows(50, 25, 0));
    watermark(51);
    assertThat(lastOf(50).pooledFrom()).isEqualTo(Instant.ofEpochMilli(NOON));
    // The next hour begins anew.
    add(rows(60, 10, 0));
    watermark(61);
    assertThat(lastOf(60).issues().get(0)).startsWith("insufficient: 10 rows");
    watermark(200);
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void whateverTheOrderTheLastStatesAreTheSame() throws Exception {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      List<FeatureBlock> parts = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        int rows = 1 + random.nextInt(20);
        parts.add(rows(random.nextInt(8), rows, random.nextInt(rows + 1)));
        // Control has changed the range, and taken it back.
        long revision = random.nextInt(4);
        parts.add(above(random.nextInt(8), rows, revision % 2 == 0 ? 3 : 10, revision));
      }
      Map<String, Object> first = null;
      for (int turn = 0; turn < 3; turn++) {
        close();
        open();
        Collections.shuffle(parts, random);
        // Windows close early, so that some parts are late, but within what is allowed.
        int reached = 0;
        for (FeatureBlock part : parts) {
          add(part);
          if (turn > 0 && random.nextInt(3) == 0) {
            reached = Math.max(reached, random.nextInt(10));
            watermark(reached);
          }
        }
        watermark(300);
        Map<String, Object> states = states();
        assertThat(states).as("seed " + seed).isNotEmpty();
        if (first == null) {
          first = states;
        }
        assertThat(states).as("seed " + seed).isEqualTo(first);
      }
    }
  }

  private Map<String, Object> states() {
    Map<String, Object> states = new LinkedHashMap<>();
    last()
        .values()
        .forEach(
            check ->
                states.put(
                    "check " + check.windowStart(),
                    List.of(
                        check.rows(),
                        check.nullRatio(),
                        check.isHealthy(),
                        check.issues(),
                        String.valueOf(check.pooledFrom()))));
    for (MetricPoint point : harness.extractOutputValues()) {
      states.put(
          point.series() + point.windowStart(),
          List.of(String.valueOf(point.value()), point.count(), point.isFinal()));
    }
    // By key, as the order in which windows are emitted may differ.
    return new TreeMap<>(states);
  }

  @Test
  void aFinalWindowIsNotBegunAnewByARunThatAllowsMoreLateness() throws Exception {
    add(rows(0, 40, 0));
    watermark(61);
    assertThat(harness.extractOutputValues()).anyMatch(MetricPoint::isFinal);
    goOnWith(
        new ModelFeatures(
            new WindowSettings(Duration.ofMillis(MINUTE), Duration.ofHours(2), MIN_ROWS)));
    add(rows(0, 1, 1));
    watermark(62);
    add(rows(0, 1, 1));
    watermark(300);
    assertThat(harness.extractOutputValues()).isEmpty();
    assertThat(checks()).isEmpty();
  }
}
