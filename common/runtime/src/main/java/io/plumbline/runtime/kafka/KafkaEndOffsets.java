package io.plumbline.runtime.kafka;

import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.EndOffsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * End offsets as the sources see them: with {@code read_committed}, those of the last stable
 * records.
 */
final class KafkaEndOffsets implements EndOffsets {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

  private final Collection<String> topics;
  private final KafkaConsumer<byte[], byte[]> consumer;

  /**
   * @param topics as the broker knows them
   */
  KafkaEndOffsets(KafkaConfig kafka, Collection<String> topics) {
    this.topics = topics;
    consumer =
        new KafkaConsumer<>(
            kafka.readerProperties(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Override
  public Map<TopicPartition, Long> read() {
    return consumer.endOffsets(
        topics.stream().flatMap(t -> partitions(t).stream()).toList(), PATIENCE);
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic, PATIENCE);
    if (partitions == null || partitions.isEmpty()) {
      throw new KafkaException("no partitions of topic " + topic);
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(topic, partition.partition()))
        .toList();
  }

  @Override
  public void wakeup() {
    consumer.wakeup();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSE_PATIENCE));
  }
}
