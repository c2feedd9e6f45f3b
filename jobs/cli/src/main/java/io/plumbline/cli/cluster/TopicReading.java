package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterException;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic that is read from its start to the end that it has now, and later on from there. */
public final class TopicReading implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  /** How long the broker may say nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final KafkaConfig kafka;
  private final String name;
  private final KafkaConsumer<byte[], byte[]> consumer;

  private TopicReading(KafkaConfig kafka, String name, KafkaConsumer<byte[], byte[]> consumer) {
    this.kafka = kafka;
    this.name = name;
    this.consumer = consumer;
  }

  /**
   * Before its first record.
   *
   * @param name as the broker knows it
   * @throws ClusterException if there is no such topic, or no broker
   */
  public static TopicReading open(KafkaConfig kafka, String name) {
    try {
      KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, name);
      consumer.seekToBeginning(consumer.assignment());
      return new TopicReading(kafka, name, consumer);
    } catch (KafkaException e) {
      throw unavailable(kafka, name, e);
    }
  }

  /** Of all partitions, of what is committed. */
  static KafkaConsumer<byte[], byte[]> consumer(KafkaConfig kafka, String name) {
    Properties properties = kafka.readerProperties();
    properties.putIfAbsent("default.api.timeout.ms", "15000");
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    try {
      List<PartitionInfo> found = consumer.partitionsFor(name);
      if (found.isEmpty()) {
        boolean ours = Arrays.stream(Topic.values()).anyMatch(t -> kafka.name(t).equals(name));
        throw new ClusterException(
            "topic %s does not exist%s"
                .formatted(name, ours ? "; 'plumbline topics create' makes it" : ""));
      }
      consumer.assign(
          found.stream().map(p -> new TopicPartition(p.topic(), p.partition())).toList());
      return consumer;
    } catch (KafkaException | ClusterException e) {
      consumer.close();
      throw e;
    }
  }

  static ClusterException unavailable(KafkaConfig kafka, String name, KafkaException cause) {
    return new ClusterException(
        "topic %s at %s: %s"
            .formatted(name, kafka.properties().get("bootstrap.servers"), cause.getMessage()),
        cause);
  }

  /**
   * Hands over what has not been read yet.
   *
   * @throws ClusterException if the broker does not answer
   */
  public void toItsEnd(Consumer<ConsumerRecord<byte[], byte[]>> records) {
    try {
      Map<TopicPartition, Long> end = consumer.endOffsets(consumer.assignment());
      long heard = System.nanoTime();
      long left = left(end);
      // The position passes what has no record: compaction's holes, marks of transactions.
      while (left > 0) {
        consumer.poll(POLL).forEach(records);
        long before = left;
        left = left(end);
        if (left < before) {
          heard = System.nanoTime();
        } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
          throw new ClusterException(
              "topic %s: nothing came for %d s, with %d records left"
                  .formatted(name, PATIENCE.toSeconds(), left));
        }
      }
    } catch (KafkaException e) {
      throw unavailable(kafka, name, e);
    }
  }

  private long left(Map<TopicPartition, Long> end) {
    return end.entrySet().stream()
        .mapToLong(to -> Math.max(0, to.getValue() - consumer.position(to.getKey())))
        .sum();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
