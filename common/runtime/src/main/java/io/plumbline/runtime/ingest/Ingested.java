package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What became of one Kafka record: an event, or a refusal with its reason; and the record itself,
 * since an event may turn out to be too late to be taken.
 *
 * @param <T> the event
 */
public final class Ingested<T> {
  /** As Kafka writes it. */
  private static final long NO_TIMESTAMP = -1;

  private final T event;
  private final String refusal;
  private final String topic;
  private final int partition;
  private final long offset;
  private final long timestamp;
  private final byte[] bytes;

  /**
   * @param event null for a refusal
   * @param refusal null for an event
   * @param timestamp of the record, in epoch milliseconds
   * @param bytes of the record, which nobody changes
   */
  Ingested(
      T event,
      String refusal,
      String topic,
      int partition,
      long offset,
      long timestamp,
      byte[] bytes) {
    this.event = event;
    this.refusal = refusal;
    this.topic = topic;
    this.partition = partition;
    this.offset = offset;
    this.timestamp = timestamp;
    this.bytes = bytes;
  }

  /** The type, from that of the events. */
  public static <T> TypeInformation<Ingested<T>> type(TypeInformation<T> event) {
    return new IngestedTypeInfo<>(event);
  }

  /**
   * An event that no record holds: the source itself says it.
   *
   * @param offset of the record before which it is said
   */
  public static <T> Ingested<T> made(T event, String topic, int partition, long offset) {
    return new Ingested<>(event, null, topic, partition, offset, NO_TIMESTAMP, new byte[0]);
  }

  /** Null for a refusal. */
  public T event() {
    return event;
  }

  /** Why there is no event; null for an event. */
  public String refusal() {
    return refusal;
  }

  /** The same record, of which another event was made. */
  public <R> Ingested<R> as(R other) {
    return new Ingested<>(other, null, topic, partition, offset, timestamp, bytes);
  }

  /** The same refusal, where events are of another type. */
  public <R> Ingested<R> refusedAs() {
    return new Ingested<>(null, refusal, topic, partition, offset, timestamp, bytes);
  }

  /** The same record, which is no event after all. */
  public Ingested<T> refused(String reason) {
    return new Ingested<>(null, reason, topic, partition, offset, timestamp, bytes);
  }

  String topic() {
    return topic;
  }

  int partition() {
    return partition;
  }

  long offset() {
    return offset;
  }

  /** Of the record, not of the event, in epoch milliseconds. */
  public long timestamp() {
    return timestamp;
  }

  /** Of the record; nobody changes them. */
  public byte[] bytes() {
    return bytes;
  }

  DeadLetter deadLetter(String reason, Instant at) {
    return DeadLetter.of(topic, partition, offset, reason, at, bytes);
  }
}
