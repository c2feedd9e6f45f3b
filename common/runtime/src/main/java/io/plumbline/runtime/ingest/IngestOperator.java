package io.plumbline.runtime.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.common.TopicPartition;

/**
 * Right after the source, in its task: takes events and dead letters apart, and refuses events that
 * are too late for every window.
 *
 * <p>It keeps in its state what the source forgets at a restore: the watermark, so that windows
 * which were closed stay closed, and the newest event of each partition, so that a silence which
 * began before the restore still closes the last windows.
 *
 * @param <T> the event
 */
final class IngestOperator<T> extends AbstractStreamOperator<T>
    implements OneInputStreamOperator<Ingested<T>, T> {
  private static final long NEVER = Long.MIN_VALUE;
  private static final long TICK_MILLIS = 200;

  /** A clock that was set, or a task that was held up, moves the watermark by no more than this. */
  private static final long MOST_PER_TICK_MILLIS = 1000;

  private static final long CATCH_UP_CHECK_MILLIS = 500;

  private final Disorder disorder;
  private final String source;
  private final OutputTag<T> lateEvents;

  private transient ListState<PartitionProgress> partitionState;
  private transient ListState<TaskWatermark> watermarkState;

  /** Those of a checkpoint are known to all tasks. */
  private transient Map<TopicPartition, Newest> newest;

  /** The partition of the record before: a fetch gives them partition by partition. */
  private transient TopicPartition lastPartition;

  private transient Newest lastNewest;

  private transient long watermark;
  private transient boolean idle;
  private transient boolean sourceIdle;
  private transient ScheduledFuture<?> nextTick;

  private transient ScheduledFuture<?> nextProgress;

  /** Null once the source has caught up. */
  private transient CatchUp catchUp;

  private transient Counter deadLetters;
  private transient Counter late;
  private transient Counter lateAfterSilence;

  /**
   * @param source its name, for {@link SourceProgress}
   * @param lateEvents of the events that are dead letters for being late
   */
  IngestOperator(Disorder disorder, String source, OutputTag<T> lateEvents) {
    this.disorder = disorder;
    this.source = source;
    this.lateEvents = lateEvents;
  }

  /**
   * The newest event of a partition, in epoch milliseconds.
   *
   * @param topic as the broker knows it
   */
  public record PartitionProgress(String topic, int partition, long newest) {}

  /** The watermark of a task, in epoch milliseconds, and whether others had to wait for it. */
  public record TaskWatermark(long watermark, boolean idle) {}

  private static final class Newest {
    private long time = NEVER;
    private boolean own;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    // Each task sees the state of all, as partitions move to other tasks at a restore.
    partitionState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>(
                    "partition-progress", TypeInformation.of(PartitionProgress.class)));
    watermarkState =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("watermarks", TypeInformation.of(TaskWatermark.class)));
    newest = new HashMap<>();
    for (PartitionProgress progress : partitionState.get()) {
      Newest of = newest(progress.topic(), progress.partition());
      of.time = Math.max(of.time, progress.newest());
    }
    watermark = common(watermarkState.get());
  }

  /** What all tasks together had reached: the last of those that were waited for, if any was. */
  private static long common(Iterable<TaskWatermark> watermarks) {
    long active = Long.MAX_VALUE;
    long furthest = NEVER;
    for (TaskWatermark task : watermarks) {
      furthest = Math.max(furthest, task.watermark());
      if (!task.idle()) {
        active = Math.min(active, task.watermark());
      }
    }
    return active == Long.MAX_VALUE ? furthest : active;
  }

  @Override
  public void open() throws Exception {
    super.open();
    deadLetters = getMetricGroup().counter("dead_letters");
    late = getMetricGroup().counter("late_events");
    lateAfterSilence = getMetricGroup().counter("late_events_after_silence");
    if (watermark != NEVER) {
      output.emitWatermark(new Watermark(watermark));
    }
    long now = now();
    catchUp = new CatchUp(now);
    nextProgress =
        getProcessingTimeService()
            .registerTimer(
                now,
                at -> {
                  sayProgress(false);
                  checkCatchUp();
                });
  }

  @Override
  public void close() throws Exception {
    if (nextProgress != null) {
      nextProgress.cancel(false);
    }
    super.close();
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  private void checkCatchUp() {
    long now = now();
    if (catchUp.isDone(now)) {
      catchUp = null;
      nextProgress = null;
      sayProgress(true);
    } else {
      nextProgress =
          getProcessingTimeService()
              .registerTimer(now + CATCH_UP_CHECK_MILLIS, at -> checkCatchUp());
    }
  }

  private void sayProgress(boolean caughtUp) {
    var task = getRuntimeContext().getTaskInfo();
    output.collect(
        Ingest.PROGRESS,
        new StreamRecord<>(
            new SourceProgress(
                source,
                task.getIndexOfThisSubtask(),
                task.getNumberOfParallelSubtasks(),
                caughtUp)));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    // The first task speaks for the partitions of a checkpoint that have had no event since.
    boolean first = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0;
    List<PartitionProgress> known = new ArrayList<>();
    newest.forEach(
        (partition, of) -> {
          if (of.own || first) {
            known.add(new PartitionProgress(partition.topic(), partition.partition(), of.time));
          }
        });
    partitionState.update(known);
    watermarkState.update(List.of(new TaskWatermark(watermark, idle)));
  }

  private Newest newest(String topic, int partition) {
    if (lastPartition == null
        || lastPartition.partition() != partition
        || !lastPartition.topic().equals(topic)) {
      lastPartition = new TopicPartition(topic, partition);
      lastNewest = newest.computeIfAbsent(lastPartition, key -> new Newest());
    }
    return lastNewest;
  }

  @Override
  public void processElement(StreamRecord<Ingested<T>> element) {
    Ingested<T> record = element.getValue();
    if (catchUp != null) {
      catchUp.read(record, now());
    }
    if (record.refusal() != null) {
      refuse(record, record.refusal());
      return;
    }
    long time = element.getTimestamp();
    Newest of = newest(record.topic(), record.partition());
    long before = of.time;
    of.own = true;
    of.time = Math.max(before, time);
    if (isBehind(time, watermark)) {
      refuseLate(record, time, before);
      output.collect(lateEvents, new StreamRecord<>(record.event(), time));
    } else {
      output.collect(element.replace(record.event()));
    }
  }

  /** Whether a time is so far behind a watermark that no window takes it; nothing is at first. */
  private boolean isBehind(long time, long mark) {
    return mark != NEVER && time < mark - disorder.allowedLateness();
  }

  private void refuseLate(Ingested<T> record, long time, long newestBefore) {
    boolean bySilence = newestBefore == NEVER || !isBehind(time, disorder.watermark(newestBefore));
    (bySilence ? lateAfterSilence : late).inc();
    refuse(
        record,
        "%s: the event of %s is %d s behind the watermark, ingest.allowed_lateness is %d s"
            .formatted(
                bySilence ? "late_after_silence" : "late",
                Instant.ofEpochMilli(time),
                (watermark - time) / 1000,
                disorder.allowedLateness() / 1000));
  }

  private void refuse(Ingested<T> record, String reason) {
    deadLetters.inc();
    Instant at = Instant.ofEpochMilli(now());
    output.collect(Ingest.DEAD_LETTERS, new StreamRecord<>(record.deadLetter(reason, at)));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    if (mark.getTimestamp() > watermark) {
      watermark = mark.getTimestamp();
      super.processWatermark(mark);
    }
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    sourceIdle = status.isIdle();
    if (sourceIdle && goesOn()) {
      tick();
    } else {
      say(status);
    }
  }

  private void say(WatermarkStatus status) throws Exception {
    if (idle != status.isIdle()) {
      idle = status.isIdle();
      super.processWatermarkStatus(status);
    }
  }

  /** Where the last windows of all partitions are closed for good. */
  private long last() {
    long greatest = newest.values().stream().mapToLong(of -> of.time).max().orElse(NEVER);
    return greatest == NEVER ? NEVER : disorder.watermark(greatest) + disorder.furthest();
  }

  /**
   * Whether windows are open although the source is idle: it has had no event since a restore, and
   * knows of none before it.
   */
  private boolean goesOn() {
    return watermark < last();
  }

  private void tick() {
    if (nextTick == null) {
      long now = now();
      nextTick = getProcessingTimeService().registerTimer(now + TICK_MILLIS, at -> goOn(now));
    }
  }

  private void goOn(long since) throws Exception {
    nextTick = null;
    if (!sourceIdle || !goesOn()) {
      return;
    }
    long passed = now() - since;
    long ahead = Math.min(Math.max(passed, 0), MOST_PER_TICK_MILLIS);
    long from = watermark == NEVER ? first() : watermark;
    watermark = Math.min(from + ahead, last());
    say(WatermarkStatus.ACTIVE);
    super.processWatermark(new Watermark(watermark));
    if (goesOn()) {
      tick();
    } else {
      say(WatermarkStatus.IDLE);
    }
  }

  /** Where all partitions were, of which the checkpoint came before the first watermark. */
  private long first() {
    return disorder.watermark(
        newest.values().stream().mapToLong(of -> of.time).min().orElseThrow());
  }
}
