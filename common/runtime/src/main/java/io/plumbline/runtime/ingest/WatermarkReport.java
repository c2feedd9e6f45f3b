package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import java.util.concurrent.ScheduledFuture;
import java.util.function.Consumer;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Reports to the source's {@link WatermarkExchange} every second how far a task has come; an idle
 * task does so to hear how far the others are, an active one only if it has come further.
 */
final class WatermarkReport {
  private static final long PERIOD_MILLIS = 1000;

  private final EmittedWatermark emitted;
  private final Consumer<TaskWatermark> coordinator;
  private final ProcessingTimeService timers;
  private final boolean isAlone;

  /** The one before; null: there is none. */
  private TaskWatermark reported;

  private ScheduledFuture<?> next;

  /**
   * Begins at once.
   *
   * @param coordinator hands a report to the {@link WatermarkExchange}
   * @param tasks of the source; of one alone nobody needs a report
   */
  WatermarkReport(
      EmittedWatermark emitted,
      Consumer<TaskWatermark> coordinator,
      ProcessingTimeService timers,
      int tasks) {
    this.emitted = emitted;
    this.coordinator = coordinator;
    this.timers = timers;
    isAlone = tasks == 1;
    tick();
  }

  private void tick() {
    if (!isAlone) {
      send();
      next = timers.registerTimer(timers.getCurrentProcessingTime() + PERIOD_MILLIS, at -> tick());
    }
  }

  /** Takes note that the task has become idle or active. */
  void onStatus() {
    if (!isAlone) {
      send();
    }
  }

  private void send() {
    TaskWatermark now = emitted.state();
    if (now.idle() || !now.equals(reported)) {
      reported = now;
      coordinator.accept(now);
    }
  }

  /** Takes back the timer. */
  void close() {
    if (next != null) {
      next.cancel(false);
    }
  }
}
