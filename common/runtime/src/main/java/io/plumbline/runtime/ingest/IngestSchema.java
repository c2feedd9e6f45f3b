package io.plumbline.runtime.ingest;

import io.plumbline.runtime.config.IngestConfig;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decodes records in the source, so that watermarks see events only. Never throws: what cannot be
 * read is refused, and the job goes on.
 *
 * @param <T> the event
 */
public final class IngestSchema<T> implements KafkaRecordDeserializationSchema<Ingested<T>> {
  private static final Logger LOG = LoggerFactory.getLogger(IngestSchema.class);

  private final Map<String, Decoder<? extends T>> decoders;
  private final EventTime<T> time;
  private final TypeInformation<T> type;
  private final long maxRecordBytes;
  private final long maxFutureMillis;

  /** When an event happened, in epoch milliseconds. */
  @FunctionalInterface
  public interface EventTime<T> extends Serializable {
    /** For events that have no time of their own: none is ever in the future. */
    static <T> EventTime<T> none() {
      return event -> Long.MIN_VALUE;
    }

    long of(T event);
  }

  /**
   * Of users' topics.
   *
   * @param decoders by the broker's name of the topic
   */
  public IngestSchema(
      Map<String, Decoder<? extends T>> decoders,
      EventTime<T> time,
      TypeInformation<T> type,
      IngestConfig config) {
    this(decoders, time, type, config.maxRecord().bytes(), config.maxFuture());
  }

  /**
   * Of our own topics, whose records are as large as the broker takes them.
   *
   * @param decoders by the broker's name of the topic
   * @param maxFuture how far an event may be ahead of its Kafka record
   */
  public IngestSchema(
      Map<String, Decoder<? extends T>> decoders,
      EventTime<T> time,
      TypeInformation<T> type,
      Duration maxFuture) {
    this(decoders, time, type, Long.MAX_VALUE, maxFuture);
  }

  private IngestSchema(
      Map<String, Decoder<? extends T>> decoders,
      EventTime<T> time,
      TypeInformation<T> type,
      long maxRecordBytes,
      Duration maxFuture) {
    this.decoders = Map.copyOf(decoders);
    this.time = time;
    this.type = type;
    this.maxRecordBytes = maxRecordBytes;
    maxFutureMillis = maxFuture.toMillis();
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Ingested<T>> out) {
    byte[] value = record.value();
    if (value == null) {
      out.collect(refused(record, "expected a value, found none"));
      return;
    }
    if (value.length > maxRecordBytes) {
      String reason = "expected at most %s bytes (ingest.max_record), found %s";
      out.collect(refused(record, reason.formatted(maxRecordBytes, value.length)));
      return;
    }
    out.collect(decoded(record, value));
  }

  private Ingested<T> decoded(ConsumerRecord<byte[], byte[]> record, byte[] value) {
    try {
      T event = decoders.get(record.topic()).decode(value);
      long ahead = time.of(event) - record.timestamp();
      // An event without a time is so far behind that the difference wraps around.
      if (ahead > maxFutureMillis && time.of(event) > record.timestamp()) {
        return refused(
            record,
            "the event is %s s ahead of its Kafka record, ingest.max_future is %s s"
                .formatted(ahead / 1000, maxFutureMillis / 1000));
      }
      return ingested(record, event, null);
    } catch (Malformed e) {
      return refused(record, e.getMessage());
    } catch (RuntimeException e) {
      // A mistake of ours must not stop the job for everybody else's records.
      LOG.error(
          "the decoder failed at {}-{}@{}", record.topic(), record.partition(), record.offset(), e);
      return refused(record, "the decoder failed: " + e.getClass().getSimpleName());
    }
  }

  private Ingested<T> refused(ConsumerRecord<byte[], byte[]> record, String reason) {
    return ingested(record, null, reason);
  }

  private Ingested<T> ingested(ConsumerRecord<byte[], byte[]> record, T event, String refusal) {
    byte[] bytes = record.value() == null ? new byte[0] : record.value();
    return new Ingested<>(
        event,
        refusal,
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        bytes);
  }

  @Override
  public TypeInformation<Ingested<T>> getProducedType() {
    return new IngestedTypeInfo<>(type);
  }
}
