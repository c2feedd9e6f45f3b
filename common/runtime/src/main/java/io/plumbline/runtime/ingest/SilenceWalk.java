package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.SourceIdleness.SourceStatus;
import io.plumbline.runtime.ingest.SourceIdleness.TaskStatus;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.runtime.operators.coordination.OperatorEventGateway;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;

/**
 * Closes the last windows of a silence that began before a restore, of which the source knows
 * nothing: the watermark goes on at the speed of the clock until they are closed for good, but only
 * while no task of the source has events. While one has, an idle task holds nothing back.
 */
final class SilenceWalk {
  private static final long TICK_MILLIS = 200;

  /** A clock that was set, or a task that was held up, moves the watermark by no more than this. */
  private static final long MOST_PER_TICK_MILLIS = 1000;

  private final Disorder disorder;
  private final KnownPartitions partitions;
  private final EmittedWatermark emitted;
  private final ProcessingTimeService timers;
  private final OperatorEventGateway coordinator;

  private boolean taskIdle;
  private boolean sourceIdle;

  /** The greatest watermark of all tasks: downstream stands there once all are idle. */
  private long reached = Disorder.NEVER;

  private ScheduledFuture<?> nextTick;

  /**
   * @param coordinator a {@link SourceIdleness}
   */
  SilenceWalk(
      Disorder disorder,
      KnownPartitions partitions,
      EmittedWatermark emitted,
      ProcessingTimeService timers,
      OperatorEventGateway coordinator) {
    this.disorder = disorder;
    this.partitions = partitions;
    this.emitted = emitted;
    this.timers = timers;
    this.coordinator = coordinator;
  }

  /** Takes the status that the task's part of the source has emitted. */
  void onTaskStatus(boolean idle) {
    taskIdle = idle;
    sourceIdle = false;
    if (!idle || !hasOpenWindows()) {
      emitted.setIdle(idle);
    }
    // Else the answer says which: idle even for a moment, and windows would be closed by others.
    coordinator.sendEventToCoordinator(new TaskStatus(idle, emitted.value()));
  }

  /** Takes the status of the source as a whole. */
  void onSourceStatus(SourceStatus status) {
    if (!taskIdle) {
      // It was sent before this task became active.
      return;
    }
    sourceIdle = status.idle();
    if (sourceIdle) {
      reached = status.watermark();
    }
    if (sourceIdle && hasOpenWindows()) {
      tick();
    } else {
      emitted.setIdle(true);
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
    return position() < end();
  }

  private long position() {
    return Math.max(emitted.value(), reached);
  }

  /** Where to begin: all partitions have come so far, of which the checkpoint had no watermark. */
  private long start() {
    return position() == Disorder.NEVER ? disorder.watermark(partitions.leastNewest()) : position();
  }

  private void tick() {
    if (nextTick == null) {
      long now = timers.getCurrentProcessingTime();
      nextTick = timers.registerTimer(now + TICK_MILLIS, at -> step(now));
    }
  }

  private void step(long since) {
    nextTick = null;
    if (!taskIdle || !sourceIdle || !hasOpenWindows()) {
      return;
    }
    long passed = timers.getCurrentProcessingTime() - since;
    long ahead = Math.min(Math.max(passed, 0), MOST_PER_TICK_MILLIS);
    emitted.setIdle(false);
    emitted.advance(Math.min(start() + ahead, end()));
    if (hasOpenWindows()) {
      tick();
    } else {
      emitted.setIdle(true);
    }
  }

  /** Takes back the timer. */
  void close() {
    if (nextTick != null) {
      nextTick.cancel(false);
    }
  }
}
