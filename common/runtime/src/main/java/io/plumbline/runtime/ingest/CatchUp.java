package io.plumbline.runtime.ingest;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether a source's task has read what was written while the job was down: the last record of each
 * of its partitions was written just before it was read, or there has been none for a while.
 */
final class CatchUp {
  /** A record that was written so long before it was read is of the present. */
  private static final long RECENT_MILLIS = 10_000;

  /** Without a record for so long there is none to come. */
  private static final long SILENT_MILLIS = 60_000;

  /** After so long every partition with records has given some. */
  private static final long FIRST_FETCHES_MILLIS = 3000;

  private final long begun;
  private final Map<TopicPartition, Last> partitions = new HashMap<>();
  private long firstRead;
  private TopicPartition partition;
  private Last last;

  private static final class Last {
    private long read;
    private boolean recent;
  }

  /**
   * @param now epoch milliseconds, as everywhere here
   */
  CatchUp(long now) {
    begun = now;
  }

  /** Takes note of a record that is read now. */
  void read(Ingested<?> record, long now) {
    if (partition == null
        || partition.partition() != record.partition()
        || !partition.topic().equals(record.topic())) {
      partition = new TopicPartition(record.topic(), record.partition());
      last = partitions.computeIfAbsent(partition, key -> new Last());
    }
    if (partitions.size() == 1 && last.read == 0) {
      firstRead = now;
    }
    last.read = now;
    last.recent = now - record.timestamp() <= RECENT_MILLIS;
  }

  boolean isDone(long now) {
    if (partitions.isEmpty()) {
      return now - begun >= SILENT_MILLIS;
    }
    return now - firstRead >= FIRST_FETCHES_MILLIS
        && partitions.values().stream().allMatch(of -> of.recent || now - of.read >= SILENT_MILLIS);
  }
}
