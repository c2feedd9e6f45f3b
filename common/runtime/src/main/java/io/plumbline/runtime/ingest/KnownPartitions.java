package io.plumbline.runtime.ingest;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.kafka.common.TopicPartition;

/**
 * What a source's task knows of the partitions: the newest event of each, kept over restores since
 * the source forgets it, and how far the task has read those that are its own.
 */
final class KnownPartitions {
  private final ListState<PartitionProgress> state;

  /** Those of a checkpoint are known to all tasks. */
  private final Map<TopicPartition, Partition> partitions = new HashMap<>();

  /** The partition of the record before: a fetch gives them partition by partition. */
  private Partition last;

  KnownPartitions(OperatorStateStore store) throws Exception {
    // Each task sees the state of all, as partitions move to other tasks at a restore.
    state =
        store.getUnionListState(
            new ListStateDescriptor<>(
                "partition-progress", TypeInformation.of(PartitionProgress.class)));
    for (PartitionProgress progress : state.get()) {
      of(progress.topic(), progress.partition()).add(progress.newest());
    }
  }

  /**
   * The newest event of a partition, in epoch milliseconds.
   *
   * @param topic as the broker knows it
   */
  public record PartitionProgress(String topic, int partition, long newest) {}

  /** One of them. */
  static final class Partition {
    private final TopicPartition place;
    private long newest = Disorder.NEVER;
    private boolean isOwn;
    private long nextOffset;

    private Partition(TopicPartition place) {
      this.place = place;
    }

    /** Takes note of an event. */
    void add(long time) {
      newest = Math.max(newest, time);
    }

    /** Takes note of a record that this task has read, event or not. */
    void read(long offset) {
      isOwn = true;
      nextOffset = offset + 1;
    }

    TopicPartition place() {
      return place;
    }

    /** The time of its newest event, {@link Disorder#NEVER} without any. */
    long newest() {
      return newest;
    }

    /** After the last record that this task has read. */
    long nextOffset() {
      return nextOffset;
    }
  }

  Partition of(String topic, int partition) {
    if (last == null || last.place.partition() != partition || !last.place.topic().equals(topic)) {
      last = partitions.computeIfAbsent(new TopicPartition(topic, partition), Partition::new);
    }
    return last;
  }

  /** Those from which this task has read since it began. */
  Collection<Partition> own() {
    return partitions.values().stream().filter(partition -> partition.isOwn).toList();
  }

  /** The newest event of all, {@link Disorder#NEVER} without any. */
  long newest() {
    long newest = Disorder.NEVER;
    for (Partition partition : partitions.values()) {
      newest = Math.max(newest, partition.newest);
    }
    return newest;
  }

  /** The newest event of the partition whose newest is the oldest. */
  long leastNewest() {
    return partitions.values().stream()
        .mapToLong(Partition::newest)
        .filter(newest -> newest != Disorder.NEVER)
        .min()
        .orElse(Disorder.NEVER);
  }

  /**
   * Writes the state.
   *
   * @param all whether also the partitions of a checkpoint of which this task has read nothing
   *     since: one task speaks for them
   */
  void save(boolean all) throws Exception {
    List<PartitionProgress> known = new ArrayList<>();
    for (Partition partition : partitions.values()) {
      if (partition.newest != Disorder.NEVER && (partition.isOwn || all)) {
        TopicPartition place = partition.place;
        known.add(new PartitionProgress(place.topic(), place.partition(), partition.newest));
      }
    }
    state.update(known);
  }
}
