package io.plumbline.runtime.kafka;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;

/** Sources of the topics that a job reads. */
public final class KafkaSources {
  /** Of a fetch, of which a source's task has several at hand; a larger record comes alone. */
  private static final String FETCH_BYTES = "8388608";

  private KafkaSources() {}

  /**
   * A source that goes on where its state says; without state, where the job's consumer group
   * stood, and else from the oldest record, since what nobody has read yet is not to be lost.
   *
   * @param job names the consumer group: {@code plumbline-JOB}
   * @param topics as the broker knows them
   */
  @SuppressWarnings("deprecation") // the connector asks for Kafka's old enum
  public static <T> KafkaSource<Ingested<T>> of(
      KafkaConfig kafka,
      String job,
      List<String> topics,
      KafkaRecordDeserializationSchema<Ingested<T>> schema) {
    return builder(kafka, job, schema)
        .setTopics(topics)
        .setStartingOffsets(OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
        .build();
  }

  /** What all sources of a job have in common. */
  static <T> KafkaSourceBuilder<T> builder(
      KafkaConfig kafka, String job, KafkaRecordDeserializationSchema<T> schema) {
    return KafkaSource.<T>builder()
        .setProperties(properties(kafka))
        .setGroupId("plumbline-" + job)
        .setDeserializer(schema);
  }

  private static Properties properties(KafkaConfig kafka) {
    Properties properties = kafka.clientProperties();
    // A user may have results of transactions on the topics: what was rolled back was never said.
    properties.putIfAbsent("isolation.level", "read_committed");
    properties.putIfAbsent("fetch.max.bytes", FETCH_BYTES);
    // Topics that are made larger later are read whole.
    properties.putIfAbsent("partition.discovery.interval.ms", "60000");
    return properties;
  }
}
