package io.plumbline.runtime.ingest;

import java.io.Serializable;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Asks for the ends of all partitions of some topics. Used by one thread. */
public interface EndOffsets extends AutoCloseable {
  /** Makes them where they are used. */
  @FunctionalInterface
  interface Factory extends Serializable {
    /**
     * @throws org.apache.kafka.common.KafkaException if there is no broker to ask
     */
    EndOffsets open();
  }

  /**
   * The offset after the last record that a source can read, of each partition.
   *
   * @throws org.apache.kafka.common.KafkaException if the broker does not answer
   */
  Map<TopicPartition, Long> read();

  /** Makes a {@link #read} fail that waits for the broker; any thread may call it. */
  void wakeup();

  @Override
  void close();
}
