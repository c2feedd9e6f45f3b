package io.plumbline.featurehealth.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.EventJson;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.featurehealth.tally.Blocks;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.window.Checks;
import io.plumbline.featurehealth.window.WindowSettings;
import io.plumbline.runtime.control.Announcement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Freshness, by a clock that the test moves. */
class FeatureWatchTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final long SLA = 90_000;
  private static final long HOUR = 3600_000;

  /** What is on its way while the sources catch up. */
  private static final long SETTLED = 2000;

  private KeyedTwoInputStreamOperatorTestHarness<String, FeatureBlock, FeatureNews, MetricPoint>
      harness;
  private long now = NOON;
  private int checksSeen;

  private void open(OperatorSubtaskState state) throws Exception {
    close();
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(
                new FeatureWatch(new WindowSettings(MINUTE, Duration.ofMinutes(10), 30))),
            block -> block.features().keySet().iterator().next(),
            FeatureNews::feature,
            Types.STRING);
    harness.setup();
    harness.setProcessingTime(now);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    checksSeen = 0;
  }

  @AfterEach
  void close() throws Exception {
    if (harness != null) {
      harness.close();
    }
  }

  private void news(FeatureNews news) throws Exception {
    harness.processElement2(new StreamRecord<>(news));
  }

  private void register(String version, Long sla, boolean caughtUp) throws Exception {
    announce("income", new FeatureSpec(version, "SUM(x)", sla), false, caughtUp, null);
  }

  private void announce(
      String feature, FeatureSpec spec, boolean ofFile, boolean caughtUp, Long newest)
      throws Exception {
    news(FeatureNews.announced(Announcement.of(feature, spec, ofFile), newest));
    if (caughtUp) {
      news(FeatureNews.caughtUp("any"));
    }
  }

  private void remove() throws Exception {
    announce("income", null, false, true, null);
  }

  private void at(long time) throws Exception {
    now = time;
    harness.setProcessingTime(time);
  }

  /** The checks that came since it was asked last. */
  private List<FeatureCheck> checks() {
    var all = harness.getSideOutput(Checks.OUTPUT);
    List<FeatureCheck> checks = new ArrayList<>();
    if (all != null) {
      all.stream().skip(checksSeen).forEach(record -> checks.add(record.getValue()));
      checksSeen = all.size();
    }
    return checks;
  }

  private List<MetricPoint> points(String metric) {
    return harness.extractOutputValues().stream()
        .filter(point -> point.metric().equals(metric))
        .toList();
  }

  @Test
  void aFeatureGoesStaleByItselfAtTheBreach() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 5000);
    news(FeatureNews.newest("income", now - 1000));
    long breach = now - 1000 + SLA + 1;
    at(breach - 1);
    assertThat(checks()).allMatch(FeatureCheck::isHealthy).hasSize(1);
    at(breach);
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.isHealthy()).isFalse();
              assertThat(check.issues()).containsExactly("stale: 1m30s, SLA 1m30s");
              assertThat(check.freshnessSeconds()).isEqualTo((SLA + 1) / 1000.0);
              assertThat(check.computedAt().toEpochMilli()).isEqualTo(breach);
              assertThat(check.windowStart()).isEqualTo(Instant.ofEpochMilli(NOON + 60_000));
              assertThat(check.featureVersion()).isEqualTo("1");
              assertThat(check.model()).isNull();
            });
    assertThat(points("feature_healthy")).last().satisfies(p -> assertThat(p.value()).isZero());
    assertThat(points("feature_staleness_seconds"))
        .last()
        .satisfies(point -> assertThat(point.value()).isEqualTo((SLA + 1) / 1000.0));
    assertThat(points("feature_freshness_sla_seconds"))
        .last()
        .satisfies(point -> assertThat(point.value()).isEqualTo(SLA / 1000.0));
    // It stays so, and is emitted with each window of the clock.
    at(NOON + 120_000);
    at(NOON + 180_000);
    assertThat(checks()).hasSize(2).noneMatch(FeatureCheck::isHealthy);
  }

  @Test
  void oneThatIsRegisteredAndNeverComesGoesStaleToo() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 1);
    assertThat(checks())
        .last()
        .satisfies(
            check ->
                assertThat(check.issues())
                    .containsExactly("stale: never came in 1m30s, SLA 1m30s"));
    assertThat(points("feature_last_updated_timestamp_seconds")).isEmpty();
  }

  @Test
  void aNewValueEndsTheStalenessAtOnce() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 5000);
    assertThat(checks()).last().satisfies(check -> assertThat(check.isHealthy()).isFalse());
    news(FeatureNews.newest("income", now - SLA - 1));
    assertThat(checks()).isEmpty();
    news(FeatureNews.newest("income", now - 100));
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.isHealthy()).isTrue();
              assertThat(check.freshnessSeconds()).isEqualTo(0.1);
            });
    // An older value changes nothing.
    news(FeatureNews.newest("income", now - SLA));
    at(now + 50_000);
    assertThat(checks()).allMatch(FeatureCheck::isHealthy);
  }

  @Test
  void anOutageOfOursIsNotTheFeatures() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 5000);
    news(FeatureNews.newest("income", now));
    OperatorSubtaskState state = harness.snapshot(1, 1);
    now = NOON + 3 * SLA + 5000;
    open(state);
    register("1", SLA, false);
    at(now + 30_000);
    assertThat(checks()).isEmpty();
    assertThat(harness.extractOutputValues()).isEmpty();
    // The backlog: its values are of the outage, the last of them is fresh.
    news(FeatureNews.newest("income", NOON + SLA));
    at(now + 1000);
    news(FeatureNews.newest("income", now));
    register("1", SLA, true);
    at(now + SETTLED + 60_000);
    assertThat(checks()).isNotEmpty().allMatch(FeatureCheck::isHealthy);
    at(now + SLA);
    assertThat(checks()).last().satisfies(check -> assertThat(check.isHealthy()).isFalse());
  }

  @Test
  void whatIsStaleAfterTheCatchUpIsEmittedSoon() throws Exception {
    open(null);
    register("1", SLA, false);
    at(NOON + 2 * SLA);
    assertThat(checks()).isEmpty();
    register("1", SLA, true);
    at(now + SETTLED + SETTLED);
    assertThat(checks()).first().satisfies(check -> assertThat(check.isHealthy()).isFalse());
  }

  @Test
  void aChangeOfTheRegistryShowsInTheNextCheckAndOnlyThere() throws Exception {
    open(null);
    register("1", SLA, true);
    news(FeatureNews.newest("income", NOON + 120_000));
    at(NOON + 60_000);
    assertThat(checks()).singleElement().satisfies(c -> assertThat(c.issues()).isEmpty());
    OperatorSubtaskState state = harness.snapshot(1, 1);
    open(state);
    // The file was edited while the job was down.
    FeatureSpec edited = new FeatureSpec("2", "SUM(\"x\")", SLA);
    announce("income", edited, true, true, null);
    at(NOON + 120_000);
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.issues())
                  .containsExactly(
                      "version changed in the file: \"1\" to \"2\"",
                      "computation changed in the file: \"SUM(x)\" to \"SUM(\\\"x\\\")\"");
              assertThat(check.featureVersion()).isEqualTo("2");
            });
    at(NOON + 180_000);
    assertThat(checks()).singleElement().satisfies(c -> assertThat(c.issues()).isEmpty());
  }

  @Test
  void anotherSlaHoldsAtOnce() throws Exception {
    open(null);
    register("1", 3600_000L, true);
    news(FeatureNews.newest("income", NOON));
    at(NOON + 10_000);
    register("1", 20_000L, true);
    at(NOON + 20_001);
    assertThat(checks()).singleElement().satisfies(c -> assertThat(c.isHealthy()).isFalse());
  }

  @Test
  void whatIsNotRegisteredIsNotWatched() throws Exception {
    open(null);
    register("1", SLA, true);
    remove();
    news(FeatureNews.newest("income", NOON));
    at(NOON + 7200_000);
    assertThat(checks()).isEmpty();
    assertThat(harness.extractOutputValues()).isEmpty();
    // Its newest time stays, as it may be registered again.
    assertThat(harness.numKeyedStateEntries()).isEqualTo(1);
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void oneThatHasBeenDeadForDaysAndIsRegisteredNowIsStaleAtOnce() throws Exception {
    open(null);
    announce("other", new FeatureSpec("1", "x", null), false, true, null);
    at(NOON + SETTLED);
    announce("income", new FeatureSpec("1", "x", HOUR), false, true, now - 72 * HOUR);
    at(now + 1);
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.issues()).containsExactly("stale: 3d, SLA 1h");
              assertThat(check.freshnessSeconds()).isEqualTo((72 * HOUR + 1) / 1000.0);
            });
  }

  @Test
  void oneThatComesBackIntoTheRegistryIsAsOldAsItIs() throws Exception {
    open(null);
    register("1", HOUR, true);
    news(FeatureNews.newest("income", NOON));
    remove();
    at(NOON + 24 * HOUR);
    register("1", HOUR, true);
    at(now + 1);
    assertThat(checks())
        .singleElement()
        .satisfies(check -> assertThat(check.issues()).containsExactly("stale: 1d, SLA 1h"));
  }

  @Test
  void theCheckOfAFeatureThatIsRemovedIsTakenBack() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 1);
    FeatureCheck stale = checks().get(0);
    assertThat(stale.isHealthy()).isFalse();
    at(now + 1000);
    remove();
    FeatureCheck taken = checks().get(0);
    assertThat(taken.withdrawn()).isTrue();
    assertThat(taken.computedAt()).isAfter(stale.computedAt());
    assertThat(identity(taken)).isEqualTo(identity(stale));
    for (String metric :
        List.of("feature_healthy", "feature_staleness_seconds", "feature_freshness_sla_seconds")) {
      assertThat(points(metric))
          .last()
          .satisfies(
              point -> {
                assertThat(point.value()).isNull();
                assertThat(point.windowStart()).isEqualTo(stale.windowStart());
              });
    }
    at(now + 600_000);
    assertThat(checks()).isEmpty();
  }

  /** Its task has no other feature, so that no announcement comes to it. */
  @Test
  void oneThatTheFileHasNoMoreIsTakenBackThoughNothingIsAnnouncedToItsTask() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 60_000);
    FeatureCheck healthy = checks().get(0);
    assertThat(healthy.isHealthy()).isTrue();
    OperatorSubtaskState state = harness.snapshot(1, 1);
    now += 10_000;
    open(state);
    news(FeatureNews.caughtUp("0"));
    at(NOON + SLA + 1);
    FeatureCheck taken = checks().get(0);
    assertThat(taken.withdrawn()).isTrue();
    assertThat(identity(taken)).isEqualTo(identity(healthy));
    at(now + HOUR);
    assertThat(checks()).isEmpty();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void pastWindowsOfOneThatIsRemovedStayAsTheyWere() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 1);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    now += 600_000;
    open(state);
    remove();
    assertThat(checks()).isEmpty();
    assertThat(harness.extractOutputValues()).isEmpty();
  }

  @Test
  void theCheckOfAFeatureWhoseSlaIsDroppedIsTakenBackUnlessItHasValues() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 1);
    assertThat(checks()).last().satisfies(check -> assertThat(check.isHealthy()).isFalse());
    register("1", null, true);
    assertThat(checks()).singleElement().satisfies(check -> assertThat(check.withdrawn()).isTrue());
    register("1", SLA, true);
    assertThat(checks()).isNotEmpty().noneMatch(FeatureCheck::withdrawn);
    // Event time is ahead of the clock: the window has been emitted with its values.
    window(NOON + 60_000, 50);
    harness.processBothWatermarks(new Watermark(NOON + 120_000));
    assertThat(checks()).last().satisfies(check -> assertThat(check.isHealthy()).isFalse());
    register("1", null, true);
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.withdrawn()).isFalse();
              assertThat(check.isHealthy()).isTrue();
              assertThat(check.rows()).isEqualTo(50);
            });
  }

  @Test
  void aLongerSlaEndsTheStalenessAtOnce() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + SLA + 1);
    assertThat(checks()).last().satisfies(check -> assertThat(check.isHealthy()).isFalse());
    register("1", HOUR, true);
    assertThat(checks()).singleElement().satisfies(check -> assertThat(check.isHealthy()).isTrue());
  }

  @Test
  void aCheckUnderAnotherVersionOfTheFeatureIsAStateOfTheSame() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 60_000);
    FeatureCheck before = checks().get(0);
    register("2", SLA, true);
    at(NOON + SLA + 1);
    FeatureCheck after = checks().get(0);
    assertThat(before.featureVersion()).isEqualTo("1");
    assertThat(after.featureVersion()).isEqualTo("2");
    assertThat(identity(after)).isEqualTo(identity(before));
  }

  private static String identity(FeatureCheck check) throws IOException {
    return Topic.CHECKS.identity(EventJson.mapper().readTree(EventJson.write(check)));
  }

  @Test
  void whatTheFileHasNoMoreIsForgotten() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 61_000);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    open(state);
    announce("other", new FeatureSpec("1", "x", null), false, true, null);
    at(NOON + 7200_000);
    assertThat(checks()).isEmpty();
    assertThat(points("feature_staleness_seconds"))
        .extracting(MetricPoint::feature)
        .doesNotContain("income");
  }

  @Test
  void stateAndTimersDoNotGrowWithTime() throws Exception {
    open(null);
    register("1", SLA, true);
    for (int minute = 1; minute <= 10; minute++) {
      news(FeatureNews.newest("income", NOON + minute * 60_000L));
      at(NOON + minute * 60_000L + 1);
    }
    int entries = harness.numKeyedStateEntries();
    int timers = harness.numProcessingTimeTimers();
    for (int minute = 11; minute <= 1000; minute++) {
      news(FeatureNews.newest("income", NOON + minute * 60_000L));
      at(NOON + minute * 60_000L + 1);
    }
    assertThat(harness.numKeyedStateEntries()).isEqualTo(entries);
    assertThat(harness.numProcessingTimeTimers()).isEqualTo(timers);
  }

  @Test
  void theBreachIsEmittedAtItsTimeAlsoRightAfterTheStart() throws Exception {
    open(null);
    register("1", 10_000L, false);
    at(NOON + 10_001);
    at(NOON + 20_000);
    register("1", 10_000L, true);
    at(NOON + 20_000 + SETTLED);
    assertThat(checks()).singleElement().satisfies(c -> assertThat(c.isHealthy()).isFalse());
  }

  @Test
  void oneThatCameBeforeItWasRegisteredTicksFromThenOn() throws Exception {
    open(null);
    announce("other", new FeatureSpec("1", "x", null), false, true, null);
    news(FeatureNews.newest("income", NOON));
    at(NOON + 5000);
    register("1", SLA, true);
    at(NOON + 60_000);
    assertThat(checks()).singleElement().satisfies(c -> assertThat(c.isHealthy()).isTrue());
  }

  private void window(long start, int values) throws Exception {
    harness.processElement1(
        new StreamRecord<>(
            Blocks.of(
                "",
                "income",
                start,
                Registries.feature("{name: f, type: numeric, version: '2'}"),
                Collections.nCopies(values, Value.of(1.0)))));
  }

  @Test
  void theCheckOfTheWindowKeepsWhatTheClocksCheckHasSaidOfAChange() throws Exception {
    open(null);
    register("1", SLA, true);
    at(NOON + 10_000);
    register("2", SLA, true);
    news(FeatureNews.newest("income", NOON + 61_000));
    at(NOON + 60_000);
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> assertThat(check.issues()).containsExactly("version changed: \"1\" to \"2\""));
    window(NOON + 60_000, 50);
    at(NOON + 119_000);
    harness.processBothWatermarks(new Watermark(NOON + 120_000));
    assertThat(checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.rows()).isEqualTo(50);
              assertThat(check.windowStart().toEpochMilli()).isEqualTo(NOON + 60_000);
              assertThat(check.issues()).containsExactly("version changed: \"1\" to \"2\"");
            });
  }

  @Test
  void aWindowThatWasFinalDoesNotBeginAnew() throws Exception {
    open(null);
    register("1", SLA, true);
    window(NOON, 50);
    harness.processBothWatermarks(new Watermark(NOON + 700_000));
    int emitted = harness.extractOutputValues().size();
    window(NOON, 3);
    harness.processBothWatermarks(new Watermark(NOON + 710_000));
    assertThat(harness.extractOutputValues()).hasSize(emitted);
  }
}
