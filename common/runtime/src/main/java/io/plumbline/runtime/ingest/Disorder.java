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
 * @param allowedLateness by which an event may be behind the watermark
 * @param longestWindow of the job: what the last events before a silence must be able to close
 */
record Disorder(long outOfOrderness, long idleAfter, long allowedLateness, long longestWindow)
    implements Serializable {
  static Disorder of(IngestConfig config, Duration longestWindow) {
    return new Disorder(
        config.outOfOrderness().toMillis(),
        config.idleAfter().toMillis(),
        config.allowedLateness().toMillis(),
        longestWindow.toMillis());
  }

  /** The watermark of a partition that is not silent: all until this time has come. */
  long watermark(long newest) {
    return newest - outOfOrderness - 1;
  }

  /** How far a silent partition's watermark goes on: then its last windows are closed for good. */
  long furthest() {
    // One more: an event at the very start of a window ends it a whole window later.
    return outOfOrderness + longestWindow + allowedLateness + 1;
  }
}
