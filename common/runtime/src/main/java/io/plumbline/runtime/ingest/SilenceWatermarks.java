package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import org.apache.flink.api.common.eventtime.TimestampAssigner;
import org.apache.flink.api.common.eventtime.TimestampAssignerSupplier;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of one partition: the newest event's time less the disorder that is allowed. Dead
 * letters move nothing.
 *
 * <p>A partition that falls silent goes on at the speed of Flink's input activity clock, which
 * stands still under backpressure, from where its watermark stood, and only until its last windows
 * are closed for good; from then on it holds nothing up. One that never had an event holds nothing
 * up after the same time: not at once, since the events that wait in it may not have been fetched
 * yet, and would then be late.
 *
 * @param <T> the event
 */
final class SilenceWatermarks<T> implements WatermarkStrategy<Ingested<T>> {
  private final EventTime<T> time;
  private final Disorder disorder;

  SilenceWatermarks(EventTime<T> time, Disorder disorder) {
    this.time = time;
    this.disorder = disorder;
  }

  @Override
  public TimestampAssigner<Ingested<T>> createTimestampAssigner(
      TimestampAssignerSupplier.Context context) {
    return (record, kafkaTime) -> record.event() == null ? kafkaTime : time.of(record.event());
  }

  @Override
  public WatermarkGenerator<Ingested<T>> createWatermarkGenerator(
      WatermarkGeneratorSupplier.Context context) {
    return new Generator(context.getInputActivityClock());
  }

  private final class Generator implements WatermarkGenerator<Ingested<T>> {
    private final RelativeClock clock;
    private long newest = Disorder.NEVER;
    private long lastEvent;

    Generator(RelativeClock clock) {
      this.clock = clock;
      lastEvent = clock.relativeTimeMillis();
    }

    @Override
    public void onEvent(Ingested<T> record, long timestamp, WatermarkOutput output) {
      if (record.event() != null) {
        newest = Math.max(newest, timestamp);
        lastEvent = clock.relativeTimeMillis();
      }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      long silence = clock.relativeTimeMillis() - lastEvent - disorder.idleAfter();
      if (newest != Disorder.NEVER) {
        long ahead = Math.min(Math.max(silence, 0), disorder.furthest());
        output.emitWatermark(new Watermark(disorder.watermark(newest) + ahead));
        silence -= disorder.furthest();
      }
      if (silence >= 0) {
        output.markIdle();
      }
    }
  }
}
