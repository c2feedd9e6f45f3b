package io.plumbline.cli.simulate;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or a friendly kill: asks the run to end and waits until it has. Interrupted is how an
 * endless run ends well, so the process then exits as after any run.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook = new Thread(this::interrupted, "interruption");
  private volatile boolean asked;
  private volatile boolean well;

  private Interruption() {}

  static Interruption watch() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  boolean asked() {
    return asked;
  }

  /** The run came to its end, and nothing failed. */
  void endedWell() {
    well = true;
  }

  private void interrupted() {
    asked = true;
    try {
      if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && well) {
        // Without it, the JVM's exit code would be that of the signal.
        Runtime.getRuntime().halt(0);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    ended.countDown();
    if (!asked) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The process ends already: the hook has just begun, and sees that the run is over.
        asked = true;
      }
    }
  }
}
