package io.plumbline.runtime.ingest;

import java.util.concurrent.ScheduledFuture;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Closes the last windows of a silence that began before a restore, of which the source knows
 * nothing: the watermark of an idle task goes on at the speed of the activity clock until they are
 * closed for good.
 *
 * <p>The task stays idle all the while, but for the moment in which it emits a watermark. So it
 * carries on those for whom nobody else is active, and holds nobody back: neither the other tasks
 * of its source nor the other sources of the job, which may have hours of a backlog to pass.
 */
final class SilenceWalk {
  private static final long TICK_MILLIS = 200;

  /** A task that was held up moves the watermark by no more than this. */
  private static final long MOST_PER_TICK_MILLIS = 1000;

  private final Disorder disorder;
  private final KnownPartitions partitions;
  private final EmittedWatermark emitted;
  private final ProcessingTimeService timers;
  private final RelativeClock activity;
  private ScheduledFuture<?> nextTick;

  /**
   * @param activity a clock that runs while the task can take records
   */
  SilenceWalk(
      Disorder disorder,
      KnownPartitions partitions,
      EmittedWatermark emitted,
      ProcessingTimeService timers,
      RelativeClock activity) {
    this.disorder = disorder;
    this.partitions = partitions;
    this.emitted = emitted;
    this.timers = timers;
    this.activity = activity;
  }

  /** Takes note that the task has become idle. */
  void begin() {
    if (nextTick == null && hasOpenWindows()) {
      tick();
    }
  }

  /** Where the last windows of all partitions are closed for good. */
  private long end() {
    long newest = partitions.newest();
    return newest == Disorder.NEVER
        ? Disorder.NEVER
        : disorder.watermark(newest) + disorder.furthest();
  }

  private boolean hasOpenWindows() {
    return emitted.value() < end();
  }

  /** Where to begin: all partitions have come so far, of which the checkpoint had no watermark. */
  private long start() {
    return emitted.value() == Disorder.NEVER
        ? disorder.watermark(partitions.leastNewest())
        : emitted.value();
  }

  private void tick() {
    long since = activity.relativeTimeMillis();
    nextTick =
        timers.registerTimer(timers.getCurrentProcessingTime() + TICK_MILLIS, at -> step(since));
  }

  private void step(long since) {
    nextTick = null;
    if (!emitted.isIdle() || !hasOpenWindows()) {
      return;
    }
    long passed = activity.relativeTimeMillis() - since;
    emitted.advance(Math.min(start() + Math.min(passed, MOST_PER_TICK_MILLIS), end()));
    emitted.setIdle(false);
    emitted.setIdle(true);
    if (hasOpenWindows()) {
      tick();
    }
  }

  /** Takes back the timer. */
  void close() {
    if (nextTick != null) {
      nextTick.cancel(false);
    }
  }
}
