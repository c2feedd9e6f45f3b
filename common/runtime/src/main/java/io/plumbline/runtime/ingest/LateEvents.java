package io.plumbline.runtime.ingest;

import java.time.Instant;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Says of events that are too late why they are, and counts them: by their own partition, or only
 * because the watermark went on in a silence.
 */
final class LateEvents {
  private final Disorder disorder;
  private final Counter late;
  private final Counter lateAfterSilence;

  LateEvents(Disorder disorder, MetricGroup metrics) {
    this.disorder = disorder;
    late = metrics.counter("late_events");
    lateAfterSilence = metrics.counter("late_events_after_silence");
  }

  /**
   * The reason of the dead letter; times in epoch milliseconds.
   *
   * @param newest event of its partition before this one, {@link Disorder#NEVER} without any
   */
  String reason(long time, long watermark, long newest) {
    boolean bySilence =
        newest == Disorder.NEVER || !disorder.isTooLate(time, disorder.watermark(newest));
    (bySilence ? lateAfterSilence : late).inc();
    return "%s: the event of %s is %s s behind the watermark, ingest.allowed_lateness is %s s"
        .formatted(
            bySilence ? "late_after_silence" : "late",
            Instant.ofEpochMilli(time),
            (watermark - time) / 1000,
            disorder.allowedLateness() / 1000);
  }
}
