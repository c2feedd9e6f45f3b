package io.plumbline.runtime.ingest;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;

/**
 * Watermarks of a stream that is idle for ever, which counts as the maximum wherever inputs meet.
 * The maximum itself must not be emitted: when the events' input falls idle, an operator takes the
 * least watermark of the inputs that are not, and would be carried to the end of time, after which
 * every event is late.
 */
public final class IdleWatermarks<T> implements WatermarkGenerator<T> {
  private IdleWatermarks() {}

  /** A strategy for sources and streams that hold no event time back. */
  public static <T> WatermarkStrategy<T> strategy() {
    return WatermarkStrategy.forGenerator(context -> new IdleWatermarks<>());
  }

  @Override
  public void onEvent(T event, long timestamp, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
