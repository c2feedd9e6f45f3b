package io.plumbline.onlinemetrics.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.silence.WatchedModel.Version;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.control.Announcement;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.Overrides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Silence, by a clock that the test moves. */
class ModelWatchTest {
  private static final long NOON = Instant.parse("2026-11-26T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long MAX_SILENCE = 90_000;

  /** What is on its way while the sources catch up. */
  private static final long SETTLED = 2000;

  private static final WatchedModel ALONE = watched();
  private static final WatchedModel TWO =
      watched(new Version("v3", false), new Version("v4", true));

  private KeyedTwoInputStreamOperatorTestHarness<
          String, NewestPrediction, Announcement<WatchedModel>, MetricPoint>
      harness;
  private long now = NOON;

  private static WatchedModel watched(Version... versions) {
    return new WatchedModel(MAX_SILENCE, MINUTE, List.of(versions));
  }

  @BeforeEach
  void open() throws Exception {
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new KeyedCoProcessOperator<>(new ModelWatch()),
            NewestPrediction::model,
            Announcement::name,
            Types.STRING);
    harness.setup();
    harness.setProcessingTime(now);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void restoreAt(long time) throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    now = time;
    open(state);
  }

  private void announce(WatchedModel model) throws Exception {
    harness.processElement2(new StreamRecord<>(Announcement.of("credit", model, false)));
  }

  private void caughtUp() throws Exception {
    harness.processElement2(new StreamRecord<>(Announcement.caughtUp("any")));
  }

  private void register(WatchedModel model) throws Exception {
    announce(model);
    caughtUp();
  }

  private void spoke(String version, long time) throws Exception {
    harness.processElement1(new StreamRecord<>(new NewestPrediction("credit", version, time)));
  }

  /** Moves the clock, and stops at each second and just behind it: what fires there sees it so. */
  private void at(long time) throws Exception {
    for (long second = now - now % 1000 + 1000; second < time; second += 1000) {
      harness.setProcessingTime(second);
      harness.setProcessingTime(second + 1);
    }
    now = time;
    harness.setProcessingTime(time);
  }

  /** What was emitted since it was asked last. */
  private List<String> points() {
    List<String> points = new ArrayList<>();
    for (MetricPoint point : harness.extractOutputValues()) {
      assertThat(point.metric()).isEqualTo("model_silence_seconds");
      assertThat(point.windowEnd()).isEqualTo(point.windowStart().plusSeconds(60));
      assertThat(point.computedAt()).isBefore(point.windowEnd());
      points.add(
          "%s%s@%d=%s"
              .formatted(
                  point.modelVersion(),
                  point.labels().isEmpty() ? "" : point.labels(),
                  (point.windowStart().toEpochMilli() - NOON) / MINUTE,
                  point.value()));
    }
    harness.getOutput().clear();
    return points;
  }

  @Test
  void aModelFallsSilentByItselfWhenItsTimeIsUp() throws Exception {
    register(ALONE);
    at(NOON + 5000);
    spoke("", now - 1000);
    at(NOON + MINUTE);
    assertThat(points()).containsExactly("@1=56.0");
    long breach = NOON + 4000 + MAX_SILENCE + 1;
    at(breach - 1);
    assertThat(points()).isEmpty();
    at(breach);
    MetricPoint point = harness.extractOutputValues().get(0);
    assertThat(point.series())
        .isEqualTo("model_silence_seconds{job=\"online-metrics\",model=\"credit\",window=\"1m\"}");
    assertThat(point.layer()).isEqualTo("model");
    assertThat(point.count()).isEqualTo(1);
    assertThat(point.isFinal()).isFalse();
    assertThat(points()).containsExactly("@1=90.001");
    at(NOON + 2 * MINUTE);
    assertThat(points()).containsExactly("@2=116.0");
  }

  @Test
  void aModelThatSpeaksAgainIsEmittedAtOnce() throws Exception {
    register(ALONE);
    at(NOON + 2 * MINUTE);
    points();
    at(now + 500);
    spoke("", now - 100);
    assertThat(points()).containsExactly("@2=0.1");
    spoke("", now);
    assertThat(points()).isEmpty();
    at(now + MAX_SILENCE + 1);
    assertThat(points()).containsExactly("@3=59.5", "@3=90.001");
  }

  @Test
  void aModelThatNeverSpokeIsSilentFromItsRegistrationOn() throws Exception {
    register(ALONE);
    at(NOON + MAX_SILENCE);
    assertThat(points()).containsExactly("@1=60.0");
    at(NOON + MAX_SILENCE + 1);
    assertThat(points()).containsExactly("@1=90.001");
  }

  @Test
  void silenceDoesNotCountBeforeTheSourcesHaveCaughtUp() throws Exception {
    announce(ALONE);
    at(NOON + 10 * MINUTE);
    assertThat(points()).isEmpty();
    caughtUp();
    spoke("", now - 1000);
    at(now + SETTLED);
    assertThat(points()).containsExactly("@10=3.0");
  }

  @Test
  void anOutageOfOursIsNotTheModels() throws Exception {
    register(ALONE);
    at(NOON + SETTLED);
    spoke("", now);
    restoreAt(NOON + 60 * MINUTE);
    at(now + 1);
    assertThat(points()).isEmpty();
    announce(ALONE);
    spoke("", now - 500);
    caughtUp();
    at(now + SETTLED);
    assertThat(points()).containsExactly("@60=2.5");
  }

  @Test
  void whatWasSaidBeforeTheAnnouncementCounts() throws Exception {
    spoke("", NOON - 3 * MINUTE);
    register(TWO);
    at(NOON + SETTLED);
    assertThat(points()).containsExactly("@0=182.0", "v3@0=2.0", "v4{role=shadow}@0=2.0");
  }

  @Test
  void aVersionIsSilentWhileItsModelSpeaks() throws Exception {
    register(TWO);
    at(NOON + 5000);
    spoke("v3", now);
    spoke("v4", now);
    at(NOON + MINUTE);
    spoke("v3", now);
    // One that the config does not have speaks for the model only.
    spoke("", now + 200);
    points();
    at(NOON + 5000 + MAX_SILENCE + 1);
    assertThat(points()).containsExactly("@1=34.801", "v3@1=35.001", "v4{role=shadow}@1=90.001");
  }

  @Test
  void aVersionThatIsRetiredIsWatchedNoMore() throws Exception {
    register(TWO);
    at(NOON + MINUTE);
    points();
    announce(watched(new Version("v4", false)));
    assertThat(points()).containsExactly("v3@1=null", "v4{role=shadow}@1=null");
    at(NOON + 2 * MINUTE);
    assertThat(points()).containsExactly("@1=90.001", "v4@1=90.001", "@2=120.0", "v4@2=120.0");
  }

  @Test
  void aModelThatIsRemovedIsWithdrawnAndComesBackAnew() throws Exception {
    register(TWO);
    spoke("v3", NOON);
    at(NOON + MINUTE);
    points();
    announce(null);
    assertThat(points()).containsExactly("@1=null", "v3@1=null", "v4{role=shadow}@1=null");
    at(NOON + 10 * MINUTE);
    assertThat(points()).isEmpty();
    announce(ALONE);
    at(NOON + 11 * MINUTE);
    assertThat(points()).containsExactly("@11=60.0");
    assertThat(harness.numKeyedStateEntries()).isPositive();
    announce(null);
    points();
    at(NOON + 20 * MINUTE);
    assertThat(points()).isEmpty();
  }

  @Test
  void aModelThatTheFileHasNoMoreIsForgottenAfterARestore() throws Exception {
    register(ALONE);
    at(NOON + MINUTE);
    points();
    restoreAt(NOON + MINUTE + 1);
    caughtUp();
    at(NOON + 10 * MINUTE);
    // The present window had a point, which nobody would replace.
    assertThat(points()).containsExactly("@1=null");
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void anotherMaxSilenceCountsAtOnce() throws Exception {
    register(ALONE);
    at(NOON + SETTLED);
    points();
    announce(new WatchedModel(10_000, MINUTE, List.of()));
    at(NOON + 10_001);
    assertThat(points()).containsExactly("@0=10.001");
  }

  @Test
  void modelsOfWhichAllVersionsAreRetiredAreNotWatched() {
    var file =
        ConfigLoader.parse(
                "test",
                """
                models:
                  - {name: gone, versions: [{version: v1, role: retired}]}
                  - {name: new, max_silence: 2h, health_windows: [1h, 5m]}
                  - name: credit
                    versions: [{version: v3}, {version: v4, role: shadow}, {version: v2, role: retired}]
                """)
            .models();
    Overrides nothing = Overrides.of(List.<ControlChange>of());
    assertThat(WatchedModel.among(file).under(nothing))
        .isEqualTo(
            Map.of(
                "new", new WatchedModel(2 * 60 * MINUTE, 5 * MINUTE, List.of()),
                "credit",
                    new WatchedModel(
                        5 * MINUTE,
                        MINUTE,
                        List.of(new Version("v3", false), new Version("v4", true)))));
  }
}
