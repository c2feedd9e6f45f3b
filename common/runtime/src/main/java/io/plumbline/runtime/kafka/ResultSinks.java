package io.plumbline.runtime.kafka;

import io.plumbline.events.EventJson;
import io.plumbline.events.ResultTopic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.KafkaConfig.Delivery;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Sinks of the topics that a job writes. */
public final class ResultSinks {
  /** Longer than any outage that a job comes back from by itself. */
  private static final String TRANSACTION_TIMEOUT_MILLIS = "900000";

  /** Of what waits for the broker: a process has a producer for each topic and slot. */
  private static final String BUFFER_BYTES = "8388608";

  private ResultSinks() {}

  /**
   * A sink of results as JSON. Each record replaces the earlier states of its result, so that
   * without transactions a reader who keeps the latest sees each result once.
   *
   * @param job with the topic it names the transactions, which no other job may share
   */
  public static <R> KafkaSink<R> of(KafkaConfig kafka, String job, ResultTopic<R> topic) {
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent("buffer.memory", BUFFER_BYTES);
    properties.putIfAbsent("linger.ms", "20");
    properties.putIfAbsent("compression.type", "lz4");
    var builder =
        KafkaSink.<R>builder()
            .setKafkaProducerConfig(properties)
            .setRecordSerializer(new Json<>(kafka.name(topic.topic()), topic.key()));
    if (kafka.delivery() == Delivery.AT_LEAST_ONCE) {
      return builder.setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE).build();
    }
    properties.putIfAbsent("transaction.timeout.ms", TRANSACTION_TIMEOUT_MILLIS);
    return builder
        .setKafkaProducerConfig(properties)
        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
        .setTransactionalIdPrefix("plumbline-" + job + "-" + topic.topic().key())
        .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
        .build();
  }

  private static final class Json<R>
      implements KafkaRecordSerializationSchema<R>, KafkaDatasetFacetProvider {
    private final String topic;
    private final ResultTopic.Key<R> key;

    Json(String topic, ResultTopic.Key<R> key) {
      this.topic = topic;
      this.key = key;
    }

    /** A sink with transactions asks where it writes, to find those that an earlier run left. */
    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
      return Optional.of(
          new DefaultKafkaDatasetFacet(
              DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic)), new Properties()));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
        R result, KafkaSinkContext context, Long timestamp) {
      return new ProducerRecord<>(
          topic, key.of(result).getBytes(StandardCharsets.UTF_8), EventJson.write(result));
    }
  }
}
