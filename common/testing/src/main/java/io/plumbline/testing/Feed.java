package io.plumbline.testing;

/** Does the same again and again on a thread of its own, through all that happens to the broker. */
public final class Feed implements AutoCloseable {
  private final Thread thread;
  private volatile boolean ended;
  private volatile RuntimeException failure;

  /**
   * @param step to be repeated; the first that fails is the last
   * @param pauseMillis after each step
   */
  public Feed(Runnable step, long pauseMillis) {
    thread =
        new Thread(
            () -> {
              try {
                while (!ended) {
                  step.run();
                  TestCluster.pause(pauseMillis);
                }
              } catch (RuntimeException e) {
                failure = e;
              }
            });
    thread.start();
  }

  /**
   * Waits until the last step is done; after it, what the steps did is known to this thread.
   *
   * @throws RuntimeException the one with which a step failed
   */
  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
  }
}
