package io.plumbline.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a friendly kill: asks the run to end and waits until it has. Interrupted is how an
 * endless run ends well, so the process then exits as after any run.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");
  private volatile boolean well;

  private Interruption() {}

  /** From now on an interruption only asks. */
  public static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Whether the run is to end. */
  public boolean asked() {
    return asked.getCount() == 0;
  }

  /** Waits so long, or until it is asked to end: then it is true. */
  public boolean askedWithin(Duration time) {
    try {
      return asked.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** The run came to its end, and nothing failed. */
  public void endedWell() {
    well = true;
  }

  private void interrupted() {
    asked.countDown();
    try {
      if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && well) {
        // Without it, the JVM's exit code would be that of the signal.
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over, well or not. */
  @Override
  public void close() {
    ended.countDown();
    if (!asked()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already: the hook has just begun, and sees that the run is over.
        asked.countDown();
      }
    }
  }
}
