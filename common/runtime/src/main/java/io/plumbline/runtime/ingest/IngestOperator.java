package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import io.plumbline.runtime.ingest.KnownPartitions.Partition;
import io.plumbline.runtime.ingest.WatermarkExchange.SourceWatermark;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.metrics.groups.TaskIOMetricGroup;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.runtime.operators.coordination.OperatorEventHandler;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.operators.util.PausableRelativeClock;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.tasks.ProcessingTimeService;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;

/**
 * Right after the source, in its task: takes events and dead letters apart, and refuses events that
 * are too late for every window. What the source forgets at a restore it keeps in its state: {@link
 * EmittedWatermark} and {@link KnownPartitions}.
 *
 * @param <T> the event
 * @param <R> the form in which it goes on
 */
final class IngestOperator<T, R> extends AbstractStreamOperator<R>
    implements OneInputStreamOperator<Ingested<T>, R>, OperatorEventHandler {
  private final Disorder disorder;
  private final String source;
  private final Admission<T, R> admission;
  private final OutputTag<T> lateEvents;
  private final transient Consumer<TaskWatermark> coordinator;

  private transient KnownPartitions partitions;
  private transient EmittedWatermark emitted;
  private transient PausableRelativeClock activity;
  private transient SilenceWalk silence;
  private transient WatermarkReport report;
  private transient ProgressReport progress;
  private transient LateEvents late;
  private transient Counter deadLetters;

  /**
   * @param source its name, for {@link SourceProgress}
   * @param lateEvents of the events that are dead letters for being late
   * @param coordinator hands a report to the {@link WatermarkExchange}
   */
  IngestOperator(
      StreamOperatorParameters<R> parameters,
      Disorder disorder,
      String source,
      Admission<T, R> admission,
      OutputTag<T> lateEvents,
      Consumer<TaskWatermark> coordinator) {
    super(parameters);
    this.disorder = disorder;
    this.source = source;
    this.admission = admission;
    this.lateEvents = lateEvents;
    this.coordinator = coordinator;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    partitions = new KnownPartitions(context.getOperatorStateStore());
    emitted = new EmittedWatermark(context.getOperatorStateStore(), output);
  }

  @Override
  public void open() throws Exception {
    super.open();
    deadLetters = getMetricGroup().counter("dead_letters");
    late = new LateEvents(disorder, getMetricGroup());
    emitted.open();
    activity = new PausableRelativeClock(getProcessingTimeService().getClock());
    backpressure().registerBackPressureListener(activity);
    ProcessingTimeService timers = getProcessingTimeService();
    TaskInfo task = getRuntimeContext().getTaskInfo();
    silence = new SilenceWalk(disorder, partitions, emitted, timers, activity);
    report = new WatermarkReport(emitted, coordinator, timers, task.getNumberOfParallelSubtasks());
    progress = new ProgressReport(source, task, partitions, output, timers, activity);
  }

  private TaskIOMetricGroup backpressure() {
    return getContainingTask().getEnvironment().getMetricGroup().getIOMetricGroup();
  }

  @Override
  public void close() throws Exception {
    // A task that failed before it was open is closed as well.
    if (silence != null) {
      silence.close();
    }
    if (activity != null) {
      backpressure().unregisterBackPressureListener(activity);
    }
    if (report != null) {
      report.close();
    }
    if (progress != null) {
      progress.close();
    }
    super.close();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    partitions.save(getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0);
    emitted.save();
  }

  @Override
  public void processElement(StreamRecord<Ingested<T>> element) {
    Ingested<T> record = element.getValue();
    Partition partition = partitions.of(record.topic(), record.partition());
    partition.read(record.offset());
    if (record.refusal() != null) {
      refuse(record, record.refusal());
      return;
    }
    long time = element.getTimestamp();
    long newest = partition.newest();
    partition.add(time);
    if (disorder.isTooLate(time, emitted.value())) {
      refuse(record, late.reason(time, emitted.value(), newest));
      output.collect(lateEvents, new StreamRecord<>(record.event(), time));
    } else {
      output.collect(element.replace(admission.of(record)));
    }
  }

  private void refuse(Ingested<T> record, String reason) {
    deadLetters.inc();
    Instant at = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
    output.collect(Ingest.DEAD_LETTERS, new StreamRecord<>(record.deadLetter(reason, at)));
  }

  @Override
  public void processWatermark(Watermark mark) {
    emitted.advance(mark.getTimestamp());
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) {
    emitted.setIdle(status.isIdle());
    report.onStatus();
    if (status.isIdle()) {
      silence.begin();
    }
  }

  @Override
  public void handleOperatorEvent(OperatorEvent event) {
    emitted.advance(((SourceWatermark) event).watermark());
  }
}
