package io.plumbline.onlinemetrics.quality;

import java.time.Duration;

/** How often a window that is over may be emitted again, by its age in event time. */
final class EmissionPace {
  private static final long LEAST = Duration.ofSeconds(10).toMillis();
  private static final long MOST = Duration.ofHours(1).toMillis();
  private static final int PART_OF_AGE = 20;

  private EmissionPace() {}

  /**
   * The least time by the clock between two states of a window, in milliseconds.
   *
   * @param end of the window, in epoch milliseconds
   */
  static long interval(long end, long watermark) {
    // Without a watermark nothing is known of its age.
    long age = watermark <= end ? 0 : watermark - end;
    return Math.min(MOST, Math.max(LEAST, age / PART_OF_AGE));
  }
}
