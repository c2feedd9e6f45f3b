package io.plumbline.runtime.kafka;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.util.List;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

/** Sources of the topics that a job reads. */
public final class KafkaSources {
  /** Of a fetch, of which a source's task has several at hand; a larger record comes alone. */
  private static final String FETCH_BYTES = "8388608";

  private KafkaSources() {}

  /**
   * A source that goes on where its state says, and without state begins where it is told to.
   *
   * @param job names the consumer group: {@code plumbline-JOB}
   * @param topics as the broker knows them
   * @param start as {@link JobStart} found it for these topics
   */
  public static <T> KafkaSource<Ingested<T>> of(
      KafkaConfig kafka,
      String job,
      List<String> topics,
      KafkaRecordDeserializationSchema<Ingested<T>> schema,
      OffsetsInitializer start) {
    return builder(kafka, job, schema).setTopics(topics).setStartingOffsets(start).build();
  }

  /** What all sources of a job have in common. */
  static <T> KafkaSourceBuilder<T> builder(
      KafkaConfig kafka, String job, KafkaRecordDeserializationSchema<T> schema) {
    return KafkaSource.<T>builder()
        .setProperties(sourceProperties(kafka))
        .setGroupId(group(job))
        .setDeserializer(schema);
  }

  /** The consumer group of a job. */
  static String group(String job) {
    return "plumbline-" + job;
  }

  private static Properties sourceProperties(KafkaConfig kafka) {
    Properties properties = kafka.readerProperties();
    properties.putIfAbsent("fetch.max.bytes", FETCH_BYTES);
    // Topics that are made larger later are read whole.
    properties.putIfAbsent("partition.discovery.interval.ms", "60000");
    return properties;
  }
}
