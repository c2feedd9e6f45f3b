package io.plumbline.runtime.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a job without state begins to read: in each partition where its consumer group stood, and
 * else at the oldest record, since what nobody has read yet is not to be lost.
 */
final class StartOffsets {
  private final List<Start> partitions;

  /**
   * Where a partition begins.
   *
   * @param committed whether the consumer group stood there
   * @param end where the partition ended when this was asked for
   */
  record Start(TopicPartition partition, long offset, boolean committed, long end) {}

  StartOffsets(Collection<Start> partitions) {
    this.partitions =
        partitions.stream()
            .sorted(
                Comparator.comparing((Start start) -> start.partition().topic())
                    .thenComparing(start -> start.partition().partition()))
            .toList();
  }

  /**
   * Asks the broker.
   *
   * @param consumer of the job's group
   * @throws TopicUnavailable if there is no such topic
   */
  static StartOffsets resolve(Consumer<byte[], byte[]> consumer, Collection<String> topics) {
    Set<TopicPartition> all = new LinkedHashSet<>();
    for (String topic : topics) {
      var found = consumer.partitionsFor(topic);
      if (found == null || found.isEmpty()) {
        throw new TopicUnavailable(
            "topic %s does not exist; 'plumbline topics create' makes it".formatted(topic));
      }
      found.forEach(info -> all.add(new TopicPartition(topic, info.partition())));
    }
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(all);
    Map<TopicPartition, Long> ends = consumer.endOffsets(all);
    Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(all);
    return new StartOffsets(
        all.stream()
            .map(one -> start(one, beginnings.get(one), committed.get(one), ends.get(one)))
            .toList());
  }

  private static Start start(
      TopicPartition partition, long beginning, OffsetAndMetadata committed, long end) {
    // What the topic no longer has, or never had since it was made anew, is nowhere to go on from.
    boolean stands =
        committed != null && committed.offset() >= beginning && committed.offset() <= end;
    return new Start(partition, stands ? committed.offset() : beginning, stands, end);
  }

  /** The partitions in order. */
  List<Start> partitions() {
    return partitions;
  }

  /** For a source that is to begin just there; partitions that are found later are read whole. */
  OffsetsInitializer initializer() {
    return new StartInitializer(
        partitions.stream().collect(Collectors.toMap(Start::partition, Start::offset)));
  }

  /** A line for each topic: {@code T from committed offsets 5 to 9 (partitions 0-2), ...}. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    partitions.stream()
        .collect(Collectors.groupingBy(start -> start.partition().topic()))
        .forEach((topic, starts) -> lines.add(line(topic, starts)));
    lines.sort(null);
    return lines;
  }

  private static String line(String topic, List<Start> starts) {
    StringJoiner line = new StringJoiner(" and ", topic + " from ", "");
    for (boolean committed : new boolean[] {true, false}) {
      List<Start> same = starts.stream().filter(one -> one.committed() == committed).toList();
      if (!same.isEmpty()) {
        line.add(
            "%s offsets %s (%s %s)"
                .formatted(
                    committed ? "committed" : "earliest",
                    offsets(same),
                    same.size() == 1 ? "partition" : "partitions",
                    ranges(same)));
      }
    }
    return line.toString();
  }

  private static String offsets(List<Start> starts) {
    LongSummaryStatistics all = starts.stream().mapToLong(Start::offset).summaryStatistics();
    return all.getMin() == all.getMax()
        ? Long.toString(all.getMin())
        : "%s to %s".formatted(all.getMin(), all.getMax());
  }

  /** Numbers of partitions in order, those that follow each other as {@code 0-3}. */
  private static String ranges(List<Start> starts) {
    StringJoiner ranges = new StringJoiner(", ");
    int first = 0;
    for (int i = 0; i < starts.size(); i++) {
      int number = starts.get(i).partition().partition();
      boolean goesOn =
          i + 1 < starts.size() && starts.get(i + 1).partition().partition() == number + 1;
      if (!goesOn) {
        int from = starts.get(first).partition().partition();
        ranges.add(from == number ? Integer.toString(number) : from + "-" + number);
        first = i + 1;
      }
    }
    return ranges.toString();
  }
}
