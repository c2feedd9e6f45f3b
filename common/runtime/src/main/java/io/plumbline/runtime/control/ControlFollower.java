package io.plumbline.runtime.control;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the control topic in a thread of its own, for an operator that must stay in one task with
 * its source: a second input would cut the two apart, and each event would be copied between them.
 *
 * <p>It needs no state: the topic keeps the last change of each thing, and who starts again begins
 * with the launcher's snapshot. Records that cannot be read change nothing; the job's control
 * source makes dead letters of them.
 */
public final class ControlFollower implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlFollower.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long RETRY_MILLIS = 1000;

  private final KafkaConfig kafka;
  private final Consumer<ControlSnapshot> changed;
  private final Thread thread;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile KafkaConsumer<byte[], byte[]> reading;
  private ControlSnapshot current;

  /**
   * @param from where to begin
   * @param changed is told what holds, in the follower's thread, whenever that has changed
   */
  public ControlFollower(
      KafkaConfig kafka, ControlSnapshot from, Consumer<ControlSnapshot> changed) {
    this.kafka = kafka;
    this.changed = changed;
    current = from;
    thread = new Thread(this::follow, "control");
    thread.setDaemon(true);
    thread.setContextClassLoader(ControlFollower.class.getClassLoader());
    thread.start();
  }

  private void follow() {
    while (!isClosed()) {
      try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
        reading = consumer;
        read(consumer);
      } catch (WakeupException e) {
        // It is being closed.
      } catch (KafkaException e) {
        LOG.warn("topic {}: {}; it is tried again", kafka.name(Topic.CONTROL), e.getMessage());
        pause();
      }
    }
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void pause() {
    try {
      closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = kafka.clientProperties();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("allow.auto.create.topics", "false");
    properties.remove("group.id");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private void read(KafkaConsumer<byte[], byte[]> consumer) {
    ControlSchema schema = new ControlSchema(kafka);
    TopicPartition only = new TopicPartition(kafka.name(Topic.CONTROL), 0);
    consumer.assign(List.of(only));
    consumer.seek(only, current.next());
    while (!isClosed()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
      List<ControlChange> changes = new ArrayList<>();
      for (ConsumerRecord<byte[], byte[]> record : records) {
        Ingested<ControlChange> read = schema.read(record);
        if (read.event() != null) {
          changes.add(read.event());
        }
      }
      if (!changes.isEmpty()) {
        changes.addAll(current.changes().values());
        current = new ControlSnapshot(changes, consumer.position(only));
        changed.accept(current);
      }
    }
  }

  /** Ends the thread; it tells nothing any more once this returns. */
  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    KafkaConsumer<byte[], byte[]> consumer = reading;
    if (consumer != null) {
      // An interrupt would make the consumer fail while it closes.
      consumer.wakeup();
    }
    thread.join();
  }
}
