package io.plumbline.featurehealth.skew;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValue.Origin;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Value;
import io.plumbline.featurehealth.freshness.FeatureNews;
import io.plumbline.featurehealth.registry.Registries;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Online and offline values of the same entity and time meet, whichever comes first. */
class ServingSkewTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long DAY = Duration.ofDays(1).toMillis();

  private KeyedTwoInputStreamOperatorTestHarness<String, Twin, FeatureNews, MetricPoint> harness;

  @BeforeEach
  void open() throws Exception {
    open(MINUTE, null);
    harness.setProcessingTime(NOON);
    harness.processElement2(new StreamRecord<>(FeatureNews.caughtUp("any")));
  }

  private void open(long window, OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ServingSkew(Duration.ofMillis(window))),
            Twin::feature,
            FeatureNews::feature,
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private static List<Twin> sampled(String consistency, List<FeatureValue> values) {
    TwinSampler sampler =
        new TwinSampler(
            Registries.fixed(
                "features: [{name: f, type: numeric, consistency: {%s}}]".formatted(consistency)));
    sampler.open(null);
    List<Twin> twins = new ArrayList<>();
    values.forEach(value -> sampler.flatMap(value, new ListCollector<>(twins)));
    return twins;
  }

  private static FeatureValue value(String entity, long time, Origin origin, Value value) {
    return new FeatureValue("f", entity, value, time, origin, null);
  }

  private void add(List<Twin> twins) throws Exception {
    for (Twin twin : twins) {
      harness.processElement1(new StreamRecord<>(twin));
    }
  }

  private void pair(Value online, Value offline) throws Exception {
    String entity = "e" + harness.numKeyedStateEntries() + online + offline;
    add(
        sampled(
            "sample: 1, tolerance: 0.1",
            List.of(
                value(entity, NOON, Origin.OFFLINE, offline),
                value(entity, NOON, Origin.ONLINE, online))));
  }

  /** The last states of the points, by metric, in the window that begins at this time. */
  private Map<String, Double> points(long start) {
    Map<String, Double> last = new TreeMap<>();
    for (MetricPoint point : harness.extractOutputValues()) {
      if (point.windowStart().toEpochMilli() == start) {
        last.put(point.metric(), point.value());
      }
    }
    return last;
  }

  @Test
  void pairsBeyondTheToleranceAreMismatches() throws Exception {
    pair(Value.of(1.0), Value.of(1.05));
    pair(Value.of(4.0), Value.of(5.0));
    pair(Value.of(0.0), Value.of(-0.0));
    pair(Value.of(2L), Value.of(2.0));
    pair(Value.NULL, Value.NULL);
    pair(Value.of(Double.NaN), Value.of(Double.NaN));
    pair(Value.of(1.0), Value.NULL);
    pair(Value.of(Double.POSITIVE_INFINITY), Value.of(1.0));
    pair(Value.of("a"), Value.of("a"));
    pair(Value.of("a"), Value.of("b"));
    harness.setProcessingTime(NOON + MINUTE);
    Map<String, Double> points = points(NOON);
    assertThat(points.get("feature_skew_ratio")).isEqualTo(0.4);
    // Of the four pairs of finite numbers.
    assertThat(points.get("feature_skew_mean_abs_difference")).isCloseTo(1.05 / 4, within(1e-12));
    assertThat(points.get("feature_skew_mean_relative_difference"))
        .isCloseTo((0.05 / 1.05 + 0.2) / 4, within(1e-12));
    assertThat(points.get("feature_skew_unmatched_ratio")).isZero();
  }

  @Test
  void aRelativeToleranceIsAShareOfTheGreater() {
    List<Twin> twins =
        sampled(
            "sample: 1, tolerance: 0.1, relative: true",
            List.of(
                value("e", 0, Origin.ONLINE, Value.of(91.0)),
                value("e", 0, Origin.OFFLINE, Value.of(100.0)),
                value("e", 0, Origin.OFFLINE, Value.of(89.0)),
                value("e", 0, Origin.OFFLINE, Value.of(-91.0))));
    assertThat(twins.get(0).agreesWith(twins.get(1))).isTrue();
    assertThat(twins.get(1).agreesWith(twins.get(2))).isFalse();
    assertThat(twins.get(0).agreesWith(twins.get(3))).isFalse();
  }

  @Test
  void theTwinMayComeADayLaterAndNoLater() throws Exception {
    List<Twin> online =
        sampled(
            "sample: 1",
            List.of(
                value("e", NOON, Origin.ONLINE, Value.of(1.0)),
                value("late", NOON, Origin.ONLINE, Value.of(1.0))));
    List<Twin> offline =
        sampled(
            "sample: 1",
            List.of(
                value("e", NOON, Origin.OFFLINE, Value.of(2.0)),
                value("late", NOON, Origin.OFFLINE, Value.of(1.0))));
    add(online);
    harness.setProcessingTime(NOON + MINUTE);
    assertThat(points(NOON)).isEmpty();
    harness.setProcessingTime(NOON + DAY - 1);
    add(List.of(offline.get(0)));
    harness.setProcessingTime(NOON + DAY + MINUTE);
    assertThat(points(NOON))
        .containsEntry("feature_skew_ratio", 1.0)
        .containsEntry("feature_skew_unmatched_ratio", 0.5);
  }

  @Test
  void aSecondValueCorrectsTheFirstUntilTheTwinHasCome() throws Exception {
    add(
        sampled(
            "sample: 1",
            List.of(
                value("e", NOON, Origin.ONLINE, Value.of(7.0)),
                value("e", NOON, Origin.ONLINE, Value.of(1.0)),
                value("e", NOON, Origin.OFFLINE, Value.of(1.0)),
                value("e", NOON, Origin.OFFLINE, Value.of(9.0)),
                value("e", NOON, Origin.ONLINE, Value.of(9.0)))));
    harness.setProcessingTime(NOON + MINUTE);
    assertThat(points(NOON)).containsEntry("feature_skew_ratio", 0.0);
    harness.setProcessingTime(NOON + DAY + MINUTE);
    assertThat(points(NOON)).containsEntry("feature_skew_unmatched_ratio", 0.0);
  }

  @Test
  void bothTwinsAreSampledOrNoneAndAboutTheShare() {
    List<FeatureValue> values = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      values.add(value("entity-" + i, i, Origin.ONLINE, Value.of(1.0)));
      values.add(value("entity-" + i, i, Origin.OFFLINE, Value.of(1.0)));
    }
    values.add(new FeatureValue("other", "e", Value.of(1.0), 0, Origin.ONLINE, null));
    values.add(value("e", 0, null, Value.of(1.0)));
    List<Twin> twins = sampled("sample: 0.01", values);
    assertThat(twins).hasSizeBetween(2 * 150, 2 * 250);
    assertThat(twins.stream().filter(Twin::online).map(Twin::entity))
        .containsExactlyElementsOf(
            twins.stream().filter(twin -> !twin.online()).map(Twin::entity).toList());
    assertThat(sampled("sample: 1", values)).hasSize(40_000);
  }

  @Test
  void whateverTheOrderThePairsAreTheSame() throws Exception {
    Random random = new Random(5);
    List<FeatureValue> values = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      long time = NOON + random.nextInt(5) * MINUTE;
      values.add(value("e" + i, time, Origin.ONLINE, Value.of(random.nextDouble())));
      if (random.nextInt(4) > 0) {
        values.add(value("e" + i, time, Origin.OFFLINE, Value.of(random.nextDouble())));
      }
    }
    List<Twin> twins = sampled("sample: 1, tolerance: 0.2", values);
    List<Map<String, Double>> first = null;
    for (int turn = 0; turn < 5; turn++) {
      close();
      open();
      Collections.shuffle(twins, random);
      for (int i = 0; i < twins.size(); i++) {
        add(List.of(twins.get(i)));
        harness.setProcessingTime(NOON + 3L * i * MINUTE);
      }
      harness.setProcessingTime(NOON + 3 * DAY);
      harness.setProcessingTime(NOON + 6 * DAY);
      List<Map<String, Double>> all = new ArrayList<>();
      for (int minute = 0; minute < 5; minute++) {
        all.add(points(NOON + minute * MINUTE));
      }
      assertThat(all).doesNotContain(Map.of());
      first = first == null ? all : first;
      assertThat(all).isEqualTo(first);
    }
  }

  @Test
  void afterThreeDaysNothingIsLeft() throws Exception {
    pair(Value.of(1.0), Value.of(2.0));
    add(sampled("sample: 1", List.of(value("alone", NOON, Origin.ONLINE, Value.of(1.0)))));
    for (int hour = 0; hour <= 80; hour++) {
      harness.setProcessingTime(NOON + 60L * hour * MINUTE);
    }
    // The time of the last result stays, so that it never goes back.
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numProcessingTimeTimers()).isZero();
    assertThat(harness.extractOutputValues())
        .last()
        .satisfies(p -> assertThat(p.isFinal()).isTrue());
  }

  @Test
  void aLastStateHasAllThatCame() throws Exception {
    pair(Value.of(1.0), Value.of(1.0));
    harness.setProcessingTime(NOON + DAY + 30 * MINUTE);
    // It comes a day later, and its twin does not come at all.
    add(sampled("sample: 1", List.of(value("alone", NOON, Origin.OFFLINE, Value.of(1.0)))));
    for (int hour = 26; hour <= 80; hour++) {
      harness.setProcessingTime(NOON + 60L * hour * MINUTE);
    }
    assertThat(points(NOON)).containsEntry("feature_skew_unmatched_ratio", 0.5);
    // Whoever comes then is too late for both.
    add(sampled("sample: 1", List.of(value("older", NOON, Origin.OFFLINE, Value.of(1.0)))));
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void noTwinIsGivenUpWhileTheSourcesCatchUp() throws Exception {
    add(sampled("sample: 1", List.of(value("e", NOON, Origin.ONLINE, Value.of(1.0)))));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(MINUTE, state);
    harness.setProcessingTime(NOON + DAY + 10 * MINUTE);
    add(sampled("sample: 1", List.of(value("e", NOON, Origin.OFFLINE, Value.of(1.0)))));
    harness.processElement2(new StreamRecord<>(FeatureNews.caughtUp("any")));
    harness.setProcessingTime(NOON + DAY + 20 * MINUTE);
    assertThat(points(NOON)).containsEntry("feature_skew_unmatched_ratio", 0.0);
  }

  @Test
  void whatWaitsIsLetGoThoughTheSourcesNeverCatchUp() throws Exception {
    OperatorSubtaskState empty = harness.snapshot(1, 1);
    close();
    open(MINUTE, empty);
    int afterTwoDays = 0;
    for (int hour = 1; hour <= 240; hour++) {
      long time = NOON + 60L * hour * MINUTE;
      harness.setProcessingTime(time);
      add(sampled("sample: 1", List.of(value("e" + hour, time, Origin.ONLINE, Value.of(1.0)))));
      afterTwoDays = hour == 48 ? harness.numKeyedStateEntries() : afterTwoDays;
    }
    assertThat(harness.numKeyedStateEntries()).isEqualTo(afterTwoDays);
    // Their twins may be among what is still to be read: none of them is unmatched.
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.setProcessingTime(NOON + 20 * DAY);
    harness.setProcessingTime(NOON + 30 * DAY);
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void outagesAgainAndAgainKeepNothingForEver() throws Exception {
    int most = 0;
    long now = NOON;
    for (int run = 0; run < 60; run++) {
      OperatorSubtaskState state = harness.snapshot(1, 1);
      close();
      open(MINUTE, state);
      now += 12 * 60 * MINUTE;
      harness.setProcessingTime(now);
      for (int hour = 0; hour < 12; hour++) {
        now += 60 * MINUTE;
        harness.setProcessingTime(now);
        add(sampled("sample: 1", List.of(value("e" + now, now, Origin.ONLINE, Value.of(1.0)))));
      }
      if (run < 10) {
        most = Math.max(most, harness.numKeyedStateEntries());
      }
      assertThat(harness.numKeyedStateEntries()).isLessThanOrEqualTo(most);
    }
  }

  @Test
  void aWindowKeepsTheLengthThatItWasBegunWith() throws Exception {
    pair(Value.of(1.0), Value.of(1.0));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(MINUTE / 2, state);
    pair(Value.of(1.0), Value.of(2.0));
    harness.setProcessingTime(NOON + 2 * MINUTE);
    assertThat(harness.extractOutputValues())
        .filteredOn(point -> point.metric().equals("feature_skew_ratio"))
        .extracting(
            point -> point.series().replaceAll(".*window=\"(.*)\".*", "$1"),
            MetricPoint::windowEnd,
            MetricPoint::value)
        .containsExactly(
            tuple("30s", Instant.ofEpochMilli(NOON + MINUTE / 2), 1.0),
            tuple("1m", Instant.ofEpochMilli(NOON + MINUTE), 0.0));
  }
}
