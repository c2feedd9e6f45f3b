package io.plumbline.runtime.ingest;

import io.plumbline.runtime.config.IngestConfig;
import java.io.Serializable;
import java.time.Duration;

/**
 * How far the events of one partition may be out of order, and how long one waits for them; all in
 * milliseconds.
 *
 * @param outOfOrderness by which the watermark stays behind the newest event
 * @param idleAfter no event has come, a partition is silent
 * @param allowedLateness by which an event may be behind the watermark, and after which a window is
 *     closed for good
 * @param longestWindow of the job: what the last events before a silence must be able to close
 * @param lateness whether an event further behind than that is refused
 */
record Disorder(
    long outOfOrderness,
    long idleAfter,
    long allowedLateness,
    long longestWindow,
    Lateness lateness)
    implements Serializable {
  /** Of a partition or task that has had no event, and of one that has emitted no watermark. */
  static final long NEVER = Long.MIN_VALUE;

  static Disorder of(IngestConfig config, Duration longestWindow, Lateness lateness) {
    return new Disorder(
        config.outOfOrderness().toMillis(),
        config.idleAfter().toMillis(),
        config.allowedLateness().toMillis(),
        longestWindow.toMillis(),
        lateness);
  }

  /** The watermark of a partition that is not silent: all until this time has come. */
  long watermark(long newest) {
    return newest - outOfOrderness - 1;
  }

  /** Whether an event is so far behind a watermark that it is refused; nothing is at first. */
  boolean isTooLate(long time, long watermark) {
    return lateness == Lateness.LIMITED && watermark != NEVER && time < watermark - allowedLateness;
  }

  /**
   * How far a silent partition's watermark goes on: then its last windows are closed for good. So
   * it does where no event is too late: what waits for event time still becomes final in a silence.
   */
  long furthest() {
    // One more: an event at the very start of a window ends it a whole window later.
    return outOfOrderness + longestWindow + allowedLateness + 1;
  }
}
