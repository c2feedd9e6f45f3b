package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.util.clock.RelativeClock;
import org.apache.kafka.common.TopicPartition;

/**
 * Reports every second how far a source's task has read. Silence is measured from report to report,
 * so that it costs records nothing, by a clock that stands still under backpressure: a task that
 * cannot go on is not silent.
 */
final class ProgressReport {
  private static final long PERIOD_MILLIS = 1000;

  private final String source;
  private final TaskInfo task;
  private final KnownPartitions partitions;
  private final Output<?> output;
  private final ProcessingTimeService timers;
  private final RelativeClock activity;
  private final long begun;
  private final Map<TopicPartition, Seen> seen = new HashMap<>();
  private ScheduledFuture<?> next;

  /** What a partition had given by the activity clock. */
  private record Seen(long nextOffset, long since) {}

  /**
   * Begins at once.
   *
   * @param activity a clock that runs while the task can take records
   */
  ProgressReport(
      String source,
      TaskInfo task,
      KnownPartitions partitions,
      Output<?> output,
      ProcessingTimeService timers,
      RelativeClock activity) {
    this.source = source;
    this.task = task;
    this.partitions = partitions;
    this.output = output;
    this.timers = timers;
    this.activity = activity;
    begun = activity.relativeTimeMillis();
    next = timers.registerTimer(timers.getCurrentProcessingTime(), at -> report());
  }

  private void report() {
    long now = activity.relativeTimeMillis();
    List<ReadPosition> positions = new ArrayList<>();
    for (KnownPartitions.Partition partition : partitions.own()) {
      TopicPartition place = partition.place();
      long offset = partition.nextOffset();
      Seen of =
          seen.compute(
              place,
              (key, before) ->
                  before == null || before.nextOffset != offset ? new Seen(offset, now) : before);
      positions.add(new ReadPosition(place.topic(), place.partition(), offset, now - of.since));
    }
    output.collect(
        Ingest.PROGRESS,
        new StreamRecord<>(
            new SourceProgress(
                source,
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks(),
                now - begun,
                positions)));
    next = timers.registerTimer(timers.getCurrentProcessingTime() + PERIOD_MILLIS, at -> report());
  }

  /** Takes back the timer. */
  void close() {
    next.cancel(false);
  }
}
