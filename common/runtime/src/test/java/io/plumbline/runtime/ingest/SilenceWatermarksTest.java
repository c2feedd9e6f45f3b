package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.PlumblineConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.ManualClock;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

/** With the defaults: 10 s of disorder, silent after 30 s, 10 min of lateness; windows of 1 min. */
class SilenceWatermarksTest {
  private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final long DISORDER = 10_001;

  private final ManualClock clock = new ManualClock();
  private final List<Object> emitted = new ArrayList<>();
  private final WatermarkGenerator<Ingested<Long>> generator =
      new SilenceWatermarks<Long>(
              event -> event,
              Disorder.of(
                  PlumblineConfig.defaults().ingest(), Duration.ofMinutes(1), Lateness.LIMITED))
          .createWatermarkGenerator(
              new WatermarkGeneratorSupplier.Context() {
                @Override
                public MetricGroup getMetricGroup() {
                  return new UnregisteredMetricsGroup();
                }

                @Override
                public RelativeClock getInputActivityClock() {
                  return clock;
                }
              });

  private final WatermarkOutput output =
      new WatermarkOutput() {
        @Override
        public void emitWatermark(Watermark watermark) {
          emitted.add(watermark.getTimestamp());
        }

        @Override
        public void markIdle() {
          emitted.add("idle");
        }

        @Override
        public void markActive() {
          emitted.add("active");
        }
      };

  private void event(long time) {
    generator.onEvent(new Ingested<>(time, null, "t", 0, 0, time, new byte[0]), time, output);
  }

  private List<Object> after(Duration pause) {
    clock.advanceTime(pause);
    emitted.clear();
    generator.onPeriodicEmit(output);
    return List.copyOf(emitted);
  }

  /** Not at once: what waits in it may not have been fetched yet. */
  @Test
  void aPartitionThatNeverHadAnEventHoldsNothingUpForLong() {
    assertThat(after(Duration.ofSeconds(29))).isEmpty();
    assertThat(after(Duration.ofSeconds(1))).containsExactly("idle");
    generator.onEvent(new Ingested<>(null, "r", "t", 0, 0, NOON, new byte[0]), NOON, output);
    assertThat(after(Duration.ofDays(1))).containsExactly("idle");
  }

  @Test
  void theNewestEventCountsWhateverComesAfterIt() {
    event(NOON);
    event(NOON - 5000);
    assertThat(after(Duration.ofSeconds(1))).containsExactly(NOON - DISORDER);
  }

  @Test
  void aSilentPartitionGoesOnFromWhereItStoodAtTheSpeedOfTheClock() {
    event(NOON);
    assertThat(after(Duration.ofSeconds(30))).containsExactly(NOON - DISORDER);
    assertThat(after(Duration.ofSeconds(1))).containsExactly(NOON - DISORDER + 1000);
    // The clock stands still under backpressure, and so does the watermark.
    assertThat(after(Duration.ZERO)).containsExactly(NOON - DISORDER + 1000);
    assertThat(after(Duration.ofSeconds(60))).containsExactly(NOON - DISORDER + 61_000);
  }

  @Test
  void itStopsWhenTheLastWindowIsClosedForGoodAndThenHoldsNothingUp() {
    event(NOON);
    // Noon begins a window of a minute: no event can come into it any more from here on.
    long last = NOON + Duration.ofMinutes(1 + 10).toMillis();
    assertThat(after(Duration.ofDays(3))).containsExactly(last, "idle");
    assertThat(after(Duration.ofDays(3))).containsExactly(last, "idle");
  }

  @Test
  void anEventEndsTheSilence() {
    event(NOON);
    after(Duration.ofSeconds(100));
    event(NOON + 100_000);
    assertThat(after(Duration.ofSeconds(30))).containsExactly(NOON + 100_000 - DISORDER);
  }
}
