package io.plumbline.runtime.control;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic in a thread of its own, for an operator that must stay in one task with
 * its source: a second input would cut the two apart, and each event would be copied between them.
 *
 * <p>It needs no state: the topic keeps the last change of each thing, and who starts again begins
 * with the launcher's snapshot. Records that cannot be read change nothing; the job's control
 * source makes dead letters of them.
 *
 * <p>After an exception, also one of its listener, it goes on from the last snapshot that the
 * listener took. An error, or ten exceptions in a row that are not the broker's, ends the thread,
 * and the listener learns of it.
 */
public final class ControlFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long RETRY_MILLIS = 1000;

  /** Failures in a row that are not the broker's, after which the next would be one too. */
  private static final int MOST_FAILURES = 10;

  private final String topic;
  private final Function<ControlPosition, ControlConsumer> consumers;
  private final Listener listener;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile ControlConsumer reading;
  private ControlSnapshot current;
  private int failures;

  /** Learns of changes in the follower's thread. */
  public interface Listener {
    /**
     * Takes what holds: once the topic was first read to its end, and whenever more was read. If
     * this throws, it gets the same again.
     */
    void changed(ControlSnapshot now);

    /** Learns that nothing follows any more. */
    void failed(Throwable cause);
  }

  /**
   * @param from where to begin
   */
  public ControlFollower(KafkaConfig kafka, ControlSnapshot from, Listener listener) {
    this(
        kafka.name(Topic.CONTROL),
        position -> new ControlConsumer(kafka, position),
        from,
        listener);
  }

  ControlFollower(
      String topic,
      Function<ControlPosition, ControlConsumer> consumers,
      ControlSnapshot from,
      Listener listener) {
    this.topic = topic;
    this.consumers = consumers;
    this.listener = listener;
    current = from;
    thread = new Thread(this::follow, "control");
    thread.setDaemon(true);
    // The clients' classes are looked for there.
    thread.setContextClassLoader(ControlFollower.class.getClassLoader());
    thread.start();
  }

  private void follow() {
    try {
      while (!isClosed()) {
        attempt();
      }
    } catch (Throwable e) {
      LOG.error("topic {} is not followed any more", topic, e);
      listener.failed(e);
    }
  }

  private void attempt() {
    try (ControlConsumer consumer = consumers.apply(current.position())) {
      reading = consumer;
      read(consumer);
    } catch (KafkaException e) {
      again(e, null);
    } catch (RuntimeException e) {
      failures++;
      if (failures == MOST_FAILURES) {
        throw e;
      }
      // Not of the broker: whoever looks for the cause needs the place.
      again(e, e);
    }
  }

  private void again(RuntimeException failure, RuntimeException shown) {
    if (!isClosed()) {
      LOG.warn("topic {}: {}; it is read again", topic, failure.getMessage(), shown);
      pause();
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    // A client that was interrupted leaves the mark, and the next one would fail of it.
    boolean interrupted = Thread.interrupted();
    try {
      closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      LOG.warn("the thread that follows control was interrupted, and goes on");
    }
  }

  private void read(ControlConsumer consumer) {
    List<ControlChange> more = new ArrayList<>();
    while (!isClosed()) {
      for (ControlConsumer.Read read : consumer.poll(POLL)) {
        if (read.record().event() != null) {
          more.add(read.record().event());
        }
      }
      // Half of what a new topic says is not what holds.
      if (consumer.isCaughtUp() && !more.isEmpty()) {
        ControlSnapshot now = current.after(more, consumer.position());
        listener.changed(now);
        current = now;
        failures = 0;
        more.clear();
      }
    }
  }

  /** Ends the thread; the listener learns nothing any more once this returns. */
  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    ControlConsumer consumer = reading;
    if (consumer != null) {
      // An interrupt would make the consumer fail while it closes.
      consumer.stop();
    }
    thread.join();
  }
}
