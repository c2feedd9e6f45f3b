package io.plumbline.cli.simulate;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** When an event may happen: at its time by this machine's clock, or at once if that is over. */
final class Pace {
  /** Longer is not slept at a time, so that an interruption and the progress are seen. */
  private static final long LONGEST_SLEEP = 50_000_000;

  private final long started = System.nanoTime();
  private final long past;

  /**
   * @param past how long ago offset 0 is
   */
  Pace(Duration past) {
    this.past = past.toNanos();
  }

  /** Nanoseconds by which an offset is due; negative: it is still to come. */
  long lag(long offset) {
    return past + elapsed() - offset;
  }

  /** Sleeps for some of a negative lag. */
  void sleep(long lag) {
    LockSupport.parkNanos(Math.min(-lag, LONGEST_SLEEP));
  }

  /** Nanoseconds since the run began. */
  long elapsed() {
    return System.nanoTime() - started;
  }
}
