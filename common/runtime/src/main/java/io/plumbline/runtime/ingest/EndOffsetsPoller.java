package io.plumbline.runtime.ingest;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.util.FlinkException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks for end offsets every two seconds, in a thread of its own: a broker that does not answer
 * holds no task up, and is asked again.
 */
final class EndOffsetsPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EndOffsetsPoller.class);
  private static final long PERIOD_MILLIS = 2000;

  private final EndOffsets.Factory factory;
  private final LongSupplier clock;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread;
  private volatile EndOffsets asking;
  private volatile Throwable failure;

  /**
   * What the broker said.
   *
   * @param asked when, in epoch milliseconds
   * @param ends by partition; empty: there was no answer
   */
  record Answer(long asked, Map<TopicPartition, Long> ends) {}

  /**
   * Begins at once.
   *
   * @param clock epoch milliseconds
   */
  EndOffsetsPoller(EndOffsets.Factory factory, LongSupplier clock) {
    this.factory = factory;
    this.clock = clock;
    thread = new Thread(this::run, "end-offsets");
    thread.setDaemon(true);
    thread.setContextClassLoader(EndOffsetsPoller.class.getClassLoader());
    thread.start();
  }

  private void run() {
    try {
      while (!isStopped()) {
        ask();
      }
    } catch (Throwable e) {
      // Whatever it was: the task must not wait for ever for a thread that has ended.
      failure = e;
    }
  }

  /** Asks until the broker does not answer. */
  private void ask() throws InterruptedException {
    long asked = clock.getAsLong();
    try (EndOffsets offsets = factory.open()) {
      asking = offsets;
      while (!isStopped()) {
        asked = clock.getAsLong();
        answers.add(new Answer(asked, offsets.read()));
        pause();
      }
    } catch (KafkaException e) {
      if (!isStopped()) {
        LOG.warn("end offsets cannot be read, they are asked for again: {}", e.toString());
        answers.add(new Answer(asked, Map.of()));
        pause();
      }
    }
  }

  private void pause() throws InterruptedException {
    stopped.await(PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  /**
   * Takes the oldest answer that has not been taken yet; null: there is none.
   *
   * @throws FlinkException if the thread has ended without being told to
   */
  Answer take() throws FlinkException {
    if (failure != null) {
      throw new FlinkException("the thread that asks for end offsets has failed", failure);
    }
    return answers.poll();
  }

  /** Tells the thread to end, and does not wait for it. */
  void stop() {
    stopped.countDown();
    EndOffsets offsets = asking;
    if (offsets != null) {
      // An interrupt would make a consumer fail while it closes.
      offsets.wakeup();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stop();
    thread.join();
  }
}
