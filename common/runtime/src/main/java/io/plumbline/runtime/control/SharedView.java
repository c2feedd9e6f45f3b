package io.plumbline.runtime.control;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.control.ViewFactory.Views;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The view that the tasks of a job share in one process. No task ever waits for its lock. */
final class SharedView<V> implements ControlFollower.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(SharedView.class);

  /** How long tasks wait at their start, all together. */
  private static final Duration AT_START = Duration.ofSeconds(10);

  private final Views<V> views;
  private final ControlFollower follower;
  private final CountDownLatch complete = new CountDownLatch(1);
  private final long began = System.nanoTime();
  private volatile Held<V> held;
  private ControlSnapshot control;
  private boolean isRead;

  /** How many tasks have it open; whoever keeps the shared ones keeps count. */
  int users;

  /** Either a view, or why there is none any more. */
  private record Held<V>(V view, Throwable failure) {}

  SharedView(ViewFactory<V> factory, KafkaConfig kafka, ControlSnapshot initial) {
    synchronized (this) {
      views = factory.open(this::refreshOrFail);
      control = initial;
      held = new Held<>(views.of(initial), null);
    }
    follower = new ControlFollower(kafka, initial, this);
  }

  V current() {
    Held<V> now = held;
    if (now.failure != null) {
      throw new IllegalStateException("control is not followed any more", now.failure);
    }
    return now.view;
  }

  @Override
  public synchronized void changed(ControlSnapshot now) {
    control = now;
    isRead = true;
    refresh();
  }

  private void refreshOrFail() {
    try {
      refresh();
    } catch (Throwable e) {
      LOG.error("no view of control can be made", e);
      failed(e);
    }
  }

  private synchronized void refresh() {
    V next = views.of(control);
    // Who looked something up in the old one need not do so again.
    if (held.failure == null && !next.equals(held.view)) {
      held = new Held<>(next, null);
    }
    if (isRead && views.isComplete()) {
      complete.countDown();
    }
  }

  @Override
  public synchronized void failed(Throwable cause) {
    held = new Held<>(null, cause);
    complete.countDown();
  }

  /** Waits until the view has all that control says now, but goes on without after 10 s. */
  void awaitComplete() throws InterruptedException {
    long left = AT_START.toNanos() - (System.nanoTime() - began);
    if (!complete.await(left, TimeUnit.NANOSECONDS)) {
      LOG.warn("what control says could not be read whole in {}; it counts as it comes", AT_START);
    }
  }

  void close() throws InterruptedException {
    views.close();
    follower.close();
  }
}
