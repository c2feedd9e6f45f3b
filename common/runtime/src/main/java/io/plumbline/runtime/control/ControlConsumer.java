package io.plumbline.runtime.control;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the control topic from a position on; one that was made anew, or has lost its end, it reads
 * from its beginning. For one thread, but for {@link #wakeup} and {@link #stop}.
 */
public final class ControlConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlConsumer.class);

  /** An empty topic is found to be another one after so long; else its first record tells. */
  private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final ControlRecords records;
  private final TopicPartition only;
  private final TopicIds ids;
  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private volatile Consumer<byte[], byte[]> consumer;
  private ControlPosition position;
  private long end;
  private long checked;
  private boolean replays;

  /**
   * Connects when it is first polled.
   *
   * @param from where to begin
   */
  public ControlConsumer(KafkaConfig kafka, ControlPosition from) {
    this(kafka, from, new BrokerTopicIds(kafka));
  }

  /**
   * @param ids closed with this
   */
  ControlConsumer(KafkaConfig kafka, ControlPosition from, TopicIds ids) {
    this(kafka, from, ids, () -> consumer(kafka));
  }

  /**
   * @param consumers makes one that has read nothing
   */
  ControlConsumer(
      KafkaConfig kafka,
      ControlPosition from,
      TopicIds ids,
      Supplier<Consumer<byte[], byte[]>> consumers) {
    records = new ControlRecords(kafka);
    only = new TopicPartition(kafka.name(Topic.CONTROL), 0);
    this.ids = ids;
    this.consumers = consumers;
    position = from;
  }

  /**
   * What was read.
   *
   * @param record with a change or a dead letter
   * @param after where to go on after it
   */
  public record Read(Ingested<ControlChange> record, ControlPosition after) {}

  /**
   * The next records, in order. Once all are read that the topic had when this began, or when it
   * was found to be made anew, there is {@link ControlChange#endsReplay} among them.
   *
   * @param wait at most, if there are none
   * @throws org.apache.kafka.common.KafkaException if the topic cannot be read; this is of no use
   *     any more then
   */
  public List<Read> poll(Duration wait) {
    try {
      return read(wait);
    } catch (WakeupException e) {
      return List.of();
    }
  }

  private List<Read> read(Duration wait) {
    if (consumer == null) {
      begin(false);
    }
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(isWhole(position) ? Duration.ZERO : wait);
    } catch (OffsetOutOfRangeException e) {
      begin(true);
      return List.of();
    }
    List<Read> read = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      read.add(
          new Read(
              records.read(record, position.epoch()),
              new ControlPosition(position.epoch(), record.offset() + 1)));
    }
    // What was read must not be lost to a wakeup, so the consumer is asked only if nothing was.
    ControlPosition after =
        read.isEmpty()
            ? new ControlPosition(position.epoch(), consumer.position(only))
            : read.get(read.size() - 1).after();
    if (isAnew(!read.isEmpty() || isWhole(after))) {
      // What was polled is of another topic, or of none.
      begin(false);
      return List.of();
    }
    position = after;
    if (isWhole(position)) {
      replays = false;
      ControlChange change = ControlChange.endOfReplay(position.epoch(), position.next());
      read.add(new Read(Ingested.made(change, only.topic(), 0, position.next()), position));
    }
    return read;
  }

  /** Whether this is the end of a replay. */
  private boolean isWhole(ControlPosition at) {
    return replays && at.next() >= end;
  }

  /**
   * Whether the topic is another one by now.
   *
   * @param atOnce whether the broker is asked in any case; else only if it was long ago that the
   *     broker was asked
   */
  private boolean isAnew(boolean atOnce) {
    if (!atOnce && System.nanoTime() - checked < CHECK_NANOS) {
      return false;
    }
    String id = ids.of(only.topic());
    checked = System.nanoTime();
    return !id.equals(position.epoch().topicId());
  }

  /**
   * @param isGone whether the broker says that it does not have the position's offset
   */
  private void begin(boolean isGone) {
    closeConsumer();
    ControlEpoch before = position.epoch();
    ControlEpoch now = before.next(ids.of(only.topic()));
    // What the old one knew of leaders and offsets is of another topic.
    consumer = consumers.get();
    try {
      consumer.assign(List.of(only));
      long beginning = consumer.beginningOffsets(List.of(only)).get(only);
      end = consumer.endOffsets(List.of(only)).get(only);
      // Of a topic that has only lost its oldest records, what is left is read on.
      boolean lostItsEnd = position.next() > end || (isGone && position.next() >= beginning);
      if (now.isSame(before) && lostItsEnd) {
        now = now.truncated();
      }
      long next = now.isSame(before) ? Math.max(position.next(), beginning) : beginning;
      consumer.seek(only, next);
      report(now, next);
      position = new ControlPosition(now, next);
    } catch (RuntimeException e) {
      closeConsumer();
      throw e;
    }
    checked = System.nanoTime();
    replays = true;
  }

  private void report(ControlEpoch now, long next) {
    ControlEpoch before = position.epoch();
    if (!now.topicId().equals(before.topicId())) {
      LOG.info(
          "topic {} was made anew ({}, before: {}): what it says replaces all that was said",
          only.topic(),
          now.topicId(),
          before.topicId());
    } else if (!now.isSame(before)) {
      LOG.warn(
          "topic {} has lost its end (read to {}, has {}): what it says replaces all that was said",
          only.topic(),
          position.next(),
          end);
    } else if (next > position.next()) {
      LOG.info("topic {} has lost offsets {} to {}", only.topic(), position.next(), next - 1);
    }
  }

  private static Consumer<byte[], byte[]> consumer(KafkaConfig kafka) {
    Properties properties = kafka.readerProperties();
    // What was rolled back was never said, whatever the config reads elsewhere.
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    properties.putIfAbsent("default.api.timeout.ms", "15000");
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Where it goes on. */
  public ControlPosition position() {
    return position;
  }

  /** Whether all was read that the topic had when this began, or when it was made anew. */
  boolean isCaughtUp() {
    return consumer != null && !replays;
  }

  /** Ends a poll that waits, from any thread. */
  public void wakeup() {
    Consumer<byte[], byte[]> polling = consumer;
    if (polling != null) {
      polling.wakeup();
    }
  }

  /** Ends all that it waits for, from any thread; it can only be closed then. */
  void stop() {
    ids.close();
    wakeup();
  }

  private void closeConsumer() {
    Consumer<byte[], byte[]> open = consumer;
    consumer = null;
    if (open != null) {
      open.close(CloseOptions.timeout(CLOSE));
    }
  }

  @Override
  public void close() {
    ids.close();
    closeConsumer();
  }
}
