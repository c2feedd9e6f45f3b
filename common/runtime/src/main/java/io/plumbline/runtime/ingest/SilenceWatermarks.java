package io.plumbline.runtime.ingest;

import io.plumbline.runtime.config.IngestConfig;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import java.time.Duration;
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
 * are closed for good; from then on, as one that never had an event, it holds nothing up.
 *
 * @param <T> the event
 */
public final class SilenceWatermarks<T> implements WatermarkStrategy<Ingested<T>> {
  private final EventTime<T> time;
  private final long outOfOrderness;
  private final long idleAfter;
  private final long furthest;

  /**
   * @param longestWindow of the job: what the last events before a silence must be able to close
   */
  public SilenceWatermarks(EventTime<T> time, IngestConfig config, Duration longestWindow) {
    this.time = time;
    outOfOrderness = config.outOfOrderness().toMillis();
    idleAfter = config.idleAfter().toMillis();
    furthest =
        longestWindow.plus(config.allowedLateness()).toMillis()
            + config.outOfOrderness().toMillis();
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
    private static final long NEVER = Long.MIN_VALUE;

    private final RelativeClock clock;
    private long newest = NEVER;
    private long lastEvent;

    Generator(RelativeClock clock) {
      this.clock = clock;
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
      if (newest == NEVER) {
        output.markIdle();
        return;
      }
      long silence = clock.relativeTimeMillis() - lastEvent - idleAfter;
      long ahead = Math.min(Math.max(silence, 0), furthest);
      output.emitWatermark(new Watermark(newest - outOfOrderness - 1 + ahead));
      if (ahead == furthest) {
        output.markIdle();
      }
    }
  }
}
