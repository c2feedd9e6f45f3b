package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EndOffsetsPoller.Answer;
import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Judges whether the sources of a job have caught up: of every partition an end offset that is
 * recent has been read, or it has given no record for a while, since no record need stand at its
 * end (markers of transactions, compaction). What timestamps records have says nothing of it.
 *
 * <p>Times are epoch milliseconds.
 */
final class CatchUp {
  /** An end offset that was asked for so long ago says nothing of the present. */
  private static final long RECENT_MILLIS = 10_000;

  /** A partition without a record for so long is read. */
  private static final long SILENT_MILLIS = 10_000;

  private final Map<String, String> sources;

  /** By source and task. */
  private final Map<String, Map<Integer, SourceProgress>> reports = new HashMap<>();

  private final Map<TopicPartition, ReadPosition> positions = new HashMap<>();

  /** The recent ones, the oldest first. */
  private final Deque<Answer> answers = new ArrayDeque<>();

  /** Since when the broker has always answered. */
  private long answering = Long.MAX_VALUE;

  /**
   * @param sources by topic, as the broker knows it
   */
  CatchUp(Map<String, String> sources) {
    this.sources = Map.copyOf(sources);
  }

  /** Takes note of how far a task has read. */
  void add(SourceProgress progress) {
    reports
        .computeIfAbsent(progress.source(), key -> new HashMap<>())
        .put(progress.task(), progress);
    for (ReadPosition position : progress.positions()) {
      positions.put(new TopicPartition(position.topic(), position.partition()), position);
    }
  }

  /** Takes note of where the partitions end, or that the broker did not say. */
  void add(Answer answer) {
    if (answer.ends().isEmpty()) {
      answering = Long.MAX_VALUE;
    } else {
      answering = Math.min(answering, answer.asked());
      answers.addLast(answer);
    }
  }

  /** Whether all tasks have reported, all partitions are known, and every one is read. */
  boolean isDone(long now) {
    return unread(now).isEmpty()
        && !answers.isEmpty()
        && sources.values().stream().allMatch(this::isReported);
  }

  private boolean isReported(String source) {
    Map<Integer, SourceProgress> tasks = reports.getOrDefault(source, Map.of());
    return tasks.values().stream().anyMatch(task -> task.tasks() == tasks.size());
  }

  /** The partitions that are not read, of those that the broker has named. */
  List<TopicPartition> unread(long now) {
    while (!answers.isEmpty() && now - answers.peekFirst().asked() > RECENT_MILLIS) {
      answers.removeFirst();
    }
    List<TopicPartition> unread = new ArrayList<>();
    if (!answers.isEmpty()) {
      for (TopicPartition partition : answers.peekLast().ends().keySet()) {
        if (!isRead(partition) && !isSilent(partition, now)) {
          unread.add(partition);
        }
      }
    }
    return unread;
  }

  private boolean isRead(TopicPartition partition) {
    ReadPosition position = positions.get(partition);
    if (position == null) {
      return false;
    }
    for (Answer answer : answers) {
      Long end = answer.ends().get(partition);
      if (end != null && end <= position.nextOffset()) {
        return true;
      }
    }
    return false;
  }

  /** While the broker does not answer, a source gets nothing either, and that is no silence. */
  private boolean isSilent(TopicPartition partition, long now) {
    if (now - SILENT_MILLIS < answering) {
      return false;
    }
    ReadPosition position = positions.get(partition);
    return position != null
        ? position.silentMillis() >= SILENT_MILLIS
        : reports.getOrDefault(sources.get(partition.topic()), Map.of()).values().stream()
            .allMatch(task -> task.activeMillis() >= SILENT_MILLIS);
  }

  /** How far a partition has been read and where it ends, in words. */
  String describe(TopicPartition partition) {
    ReadPosition position = positions.get(partition);
    return "%s at %s of %s"
        .formatted(
            partition,
            position == null ? "its start" : position.nextOffset(),
            answers.peekLast().ends().get(partition));
  }
}
