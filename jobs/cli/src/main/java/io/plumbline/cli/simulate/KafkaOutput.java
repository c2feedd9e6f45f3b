package io.plumbline.cli.simulate;

import io.plumbline.cluster.ClusterException;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topics of a broker. */
final class KafkaOutput implements Output {
  private final KafkaConfig kafka;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<ClusterException> failure = new AtomicReference<>();

  /**
   * @throws ClusterException if the broker does not answer, or lacks one of the topics
   */
  KafkaOutput(KafkaConfig kafka, List<Topic> topics) {
    this.kafka = kafka;
    Properties properties = kafka.clientProperties();
    properties.putIfAbsent("acks", "all");
    properties.putIfAbsent("linger.ms", "10");
    properties.putIfAbsent("batch.size", "262144");
    properties.putIfAbsent("compression.type", "lz4");
    properties.putIfAbsent("max.block.ms", "15000");
    // Who interrupts the simulation does not want to wait for a broker that is gone.
    properties.putIfAbsent("request.timeout.ms", "10000");
    properties.putIfAbsent("delivery.timeout.ms", "20000");
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    for (Topic topic : topics) {
      try {
        producer.partitionsFor(kafka.name(topic));
      } catch (KafkaException e) {
        producer.close();
        throw failed(topic, e);
      }
    }
  }

  private ClusterException failed(Topic topic, Exception why) {
    return new ClusterException("topic %s: %s".formatted(kafka.name(topic), why.getMessage()), why);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the callback is told of failures
  public void send(Topic topic, byte[] key, byte[] value, long millis) {
    // At once: with a broker that is gone, each further record waits for max.block.ms.
    throwFailure();
    try {
      producer.send(
          new ProducerRecord<>(kafka.name(topic), null, millis, key, value),
          (done, failed) -> {
            if (failed != null) {
              failure.compareAndSet(null, failed(topic, failed));
            }
          });
    } catch (KafkaException e) {
      throw failed(topic, e);
    }
  }

  /** The client sends by itself. */
  @Override
  public boolean flush() {
    return failure.get() == null;
  }

  /**
   * @throws ClusterException if a record was not delivered
   */
  @Override
  public void close() {
    producer.close();
    throwFailure();
  }

  /** Once: an exception that is thrown again while it is handled cannot be suppressed in itself. */
  private void throwFailure() {
    ClusterException earlier = failure.getAndSet(null);
    if (earlier != null) {
      throw earlier;
    }
  }
}
