package io.plumbline.runtime.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a source begin at offsets that were found before, and partitions of which nothing was known
 * at their oldest record. What the topic has dropped in between cannot be read any more: the log
 * says how much that is, since the windows that it was in have only what is left.
 */
@SuppressWarnings("deprecation") // the connector asks for Kafka's old enum
final class StartInitializer implements OffsetsInitializer {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(StartInitializer.class);

  private final HashMap<TopicPartition, Long> offsets;

  StartInitializer(Map<TopicPartition, Long> offsets) {
    this.offsets = new HashMap<>(offsets);
  }

  /** Flink calls it in a thread of its own, and only where a source has no state. */
  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever broker) {
    Map<TopicPartition, Long> begins = new HashMap<>(broker.beginningOffsets(partitions));
    begins.replaceAll(
        (partition, oldest) -> {
          long found = offsets.getOrDefault(partition, oldest);
          if (found < oldest) {
            LOG.warn(
                "{} begins at offset {}, not {}: the topic no longer has the {} records between,"
                    + " and the windows that they were in are emitted without them",
                partition,
                oldest,
                found,
                oldest - found);
          }
          return Math.max(found, oldest);
        });
    return begins;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return OffsetResetStrategy.EARLIEST;
  }
}
