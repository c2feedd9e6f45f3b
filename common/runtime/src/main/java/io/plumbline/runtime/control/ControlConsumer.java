package io.plumbline.runtime.control;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.CloseOptions;
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
 * Reads the control topic from a position on; one that was made anew it reads from its beginning.
 * For one thread, but for {@link #wakeup} and {@link #stop}.
 */
public final class ControlConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlConsumer.class);

  /** An empty topic is found to be another one after so long; else its first record tells. */
  private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final KafkaConfig kafka;
  private final ControlRecords records;
  private final TopicPartition only;
  private final TopicIds ids;
  private volatile KafkaConsumer<byte[], byte[]> consumer;
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
    this.kafka = kafka;
    records = new ControlRecords(kafka);
    only = new TopicPartition(kafka.name(Topic.CONTROL), 0);
    ids = new TopicIds(kafka);
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
      begin(position.epoch().next(ids.of(only.topic())));
    }
    List<Read> read = new ArrayList<>();
    ConsumerRecords<byte[], byte[]> polled;
    try {
      polled = consumer.poll(wait);
    } catch (OffsetOutOfRangeException e) {
      LOG.warn("{}: offset {} is gone; it is read from its beginning", only, position.next());
      begin(position.epoch().next(ids.of(only.topic())), 0);
      return read;
    }
    if (isAnew(polled)) {
      return read;
    }
    for (ConsumerRecord<byte[], byte[]> record : polled) {
      read.add(
          new Read(
              records.read(record, position.epoch()),
              new ControlPosition(position.epoch(), record.offset() + 1)));
    }
    position = new ControlPosition(position.epoch(), consumer.position(only));
    if (replays && position.next() >= end) {
      replays = false;
      ControlChange change = ControlChange.endOfReplay(position.epoch(), position.next());
      read.add(new Read(Ingested.made(change, only.topic(), 0, position.next()), position));
    }
    return read;
  }

  /** Begins again if it is another topic; then what was polled is of that one, or of no topic. */
  private boolean isAnew(ConsumerRecords<byte[], byte[]> polled) {
    if (polled.isEmpty() && System.nanoTime() - checked < CHECK_NANOS) {
      return false;
    }
    ControlEpoch now = position.epoch().next(ids.of(only.topic()));
    checked = System.nanoTime();
    if (now.isSame(position.epoch())) {
      return false;
    }
    begin(now);
    return true;
  }

  private void begin(ControlEpoch now) {
    boolean anew = !now.isSame(position.epoch());
    if (anew) {
      LOG.info(
          "topic {} was made anew ({}, before: {}): what it says replaces all that was said",
          only.topic(),
          now.topicId(),
          position.epoch().topicId());
    }
    begin(now, anew ? 0 : position.next());
  }

  private void begin(ControlEpoch now, long next) {
    closeConsumer();
    // What the old one knew of leaders and offsets is of another topic.
    consumer = consumer();
    try {
      consumer.assign(List.of(only));
      if (next == 0) {
        consumer.seekToBeginning(List.of(only));
      } else {
        consumer.seek(only, next);
      }
      end = consumer.endOffsets(List.of(only)).get(only);
    } catch (RuntimeException e) {
      closeConsumer();
      throw e;
    }
    position = new ControlPosition(now, next);
    checked = System.nanoTime();
    replays = true;
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = kafka.clientProperties();
    // What was rolled back was never said, whatever the config reads elsewhere.
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "none");
    properties.put("allow.auto.create.topics", "false");
    properties.putIfAbsent("default.api.timeout.ms", "15000");
    properties.remove("group.id");
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
    KafkaConsumer<byte[], byte[]> polling = consumer;
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
    KafkaConsumer<byte[], byte[]> open = consumer;
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
