package io.plumbline.runtime.kafka;

import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.kafka.StartOffsets.Start;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * The event times at which a topic's partitions begin where they are not read from their first
 * record: windows that began before have rows that this start does not read.
 *
 * @param <T> the event
 */
final class StartTime<T> {
  /** Of so many records one is an event, or the partition is taken to begin now. */
  private static final int MOST_RECORDS = 100;

  private static final Duration POLL = Duration.ofMillis(200);

  /** How long the broker may say nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final IngestSchema<T> schema;
  private final EventTime<T> time;
  private final long now;

  /** Of which nothing is known yet. */
  private final Map<TopicPartition, Sought> sought = new HashMap<>();

  private long greatest = Long.MIN_VALUE;

  private static final class Sought {
    private final long end;
    private long position;
    private int records;

    Sought(Start start) {
      end = start.end();
      position = start.offset();
    }
  }

  /**
   * @param schema as the source will read with
   * @param now epoch milliseconds; where a partition begins of which nothing else is known
   */
  StartTime(
      Consumer<byte[], byte[]> consumer, IngestSchema<T> schema, EventTime<T> time, long now) {
    this.consumer = consumer;
    this.schema = schema;
    this.time = time;
    this.now = now;
  }

  /**
   * Reads until each partition's first event is known.
   *
   * @return the greatest of their times, in epoch milliseconds; {@code Long.MIN_VALUE}: all are
   *     read from offset 0
   * @throws TopicUnavailable if the broker says nothing for 30 s
   */
  long of(StartOffsets starts) {
    for (Start start : starts.partitions()) {
      if (start.offset() > 0) {
        sought.put(start.partition(), new Sought(start));
      }
    }
    consumer.assign(sought.keySet());
    sought.forEach((partition, from) -> consumer.seek(partition, from.position));
    long heard = System.nanoTime();
    while (!sought.isEmpty()) {
      consumer.poll(POLL).forEach(this::look);
      if (goesOn()) {
        heard = System.nanoTime();
      } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
        throw new TopicUnavailable(
            "nothing came for %d s of %s".formatted(PATIENCE.toSeconds(), sought.keySet()));
      }
    }
    return greatest;
  }

  /** Whether any partition has been read on, if only past what is no record. */
  private boolean goesOn() {
    boolean goesOn = sought.isEmpty();
    for (TopicPartition partition : Set.copyOf(sought.keySet())) {
      Sought one = sought.get(partition);
      long position = consumer.position(partition);
      goesOn |= position > one.position;
      one.position = position;
      if (position >= one.end) {
        found(partition, now);
      }
    }
    return goesOn;
  }

  private void look(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    Sought one = sought.get(partition);
    if (one == null) {
      return;
    }
    one.records++;
    OptionalLong at = eventTime(record);
    if (at.isPresent() || one.records == MOST_RECORDS) {
      found(partition, at.orElse(now));
    }
  }

  private void found(TopicPartition partition, long at) {
    greatest = Math.max(greatest, at);
    sought.remove(partition);
    consumer.pause(Set.of(partition));
  }

  private OptionalLong eventTime(ConsumerRecord<byte[], byte[]> record) {
    List<Ingested<T>> one = new ArrayList<>();
    schema.deserialize(record, new ListCollector<>(one));
    T event = one.get(0).event();
    return event == null ? OptionalLong.empty() : OptionalLong.of(time.of(event));
  }
}
