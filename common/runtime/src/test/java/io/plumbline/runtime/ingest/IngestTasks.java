package io.plumbline.runtime.ingest;

import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import io.plumbline.runtime.ingest.WatermarkExchange.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The tasks of one source, whose events and those of their coordinator arrive at once. */
final class IngestTasks implements AutoCloseable {
  static final OutputTag<Long> LATE = Ingest.late(Types.LONG);

  private final Disorder disorder;
  private final int parallelism;
  private final long begin;
  private final WatermarkExchange coordinator;
  private final List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> opened =
      new ArrayList<>();

  /**
   * @param begin processing time
   */
  IngestTasks(Disorder disorder, int parallelism, long begin) {
    this.disorder = disorder;
    this.parallelism = parallelism;
    this.begin = begin;
    coordinator =
        new WatermarkExchange(new MockOperatorCoordinatorContext(new OperatorID(), parallelism));
  }

  WatermarkExchange coordinator() {
    return coordinator;
  }

  /**
   * Starts a task.
   *
   * @param state null: anew
   */
  OneInputStreamOperatorTestHarness<Ingested<Long>, Long> task(
      int index, OperatorSubtaskState state) throws Exception {
    var task =
        new OneInputStreamOperatorTestHarness<>(
            new Coordinated(coordinator, disorder, index), 128, parallelism, index);
    opened.add(task);
    task.setup();
    task.setProcessingTime(begin);
    if (state != null) {
      task.initializeState(state);
    }
    task.open();
    reach(index, task);
    return task;
  }

  /** Has a report of a task arrive. */
  void report(int task, int attempt, TaskWatermark watermark) {
    var unused = coordinator.handleCoordinationRequest(new Report(task, attempt, watermark));
  }

  /** Has the coordinator reach a task, as Flink does when it runs. */
  void reach(int index, OneInputStreamOperatorTestHarness<?, ?> task) {
    IngestOperator<?, ?> operator = (IngestOperator<?, ?>) task.getOperator();
    coordinator.executionAttemptReady(index, 0, new Delivery(index, operator));
  }

  /** Makes operators whose events reach the coordinator at once. */
  private static final class Coordinated extends AbstractStreamOperatorFactory<Long>
      implements OneInputStreamOperatorFactory<Ingested<Long>, Long> {
    private static final long serialVersionUID = 1;

    private final transient WatermarkExchange coordinator;
    private final Disorder disorder;
    private final int index;

    Coordinated(WatermarkExchange coordinator, Disorder disorder, int index) {
      this.coordinator = coordinator;
      this.disorder = disorder;
      this.index = index;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // as Flink declares it
    public <O extends StreamOperator<Long>> O createStreamOperator(
        StreamOperatorParameters<Long> parameters) {
      return (O)
          new IngestOperator<>(
              parameters,
              disorder,
              "labels",
              Admission.plain(Types.LONG),
              LATE,
              report -> {
                var unused = coordinator.handleCoordinationRequest(new Report(index, 0, report));
              });
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return IngestOperator.class;
    }
  }

  /** Delivers a coordinator's events at once. */
  private record Delivery(int index, IngestOperator<?, ?> operator) implements SubtaskGateway {
    @Override
    public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
      operator.handleOperatorEvent(event);
      return CompletableFuture.completedFuture(Acknowledge.get());
    }

    @Override
    public ExecutionAttemptID getExecution() {
      return ExecutionAttemptID.randomId();
    }

    @Override
    public int getSubtask() {
      return index;
    }
  }

  /** A record that is the time of its event. */
  static StreamRecord<Ingested<Long>> event(int partition, long time) {
    byte[] bytes = Long.toString(time).getBytes(StandardCharsets.UTF_8);
    return new StreamRecord<>(
        new Ingested<>(time, null, "labels", partition, 7, time, bytes), time);
  }

  /** What came out since it was asked last: events, watermarks as such, "idle" and "active". */
  static List<Object> given(OneInputStreamOperatorTestHarness<?, ?> task) {
    List<Object> given = new ArrayList<>();
    for (Object out : task.getOutput()) {
      given.add(
          out instanceof StreamRecord<?> record
              ? record.getValue()
              : out instanceof WatermarkStatus status
                  ? (status.isIdle() ? "idle" : "active")
                  : out);
    }
    task.getOutput().clear();
    return given;
  }

  static <T> List<T> side(OneInputStreamOperatorTestHarness<?, ?> task, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = task.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  /** The first words of the dead letters' reasons. */
  static List<String> reasons(OneInputStreamOperatorTestHarness<?, ?> task) {
    return side(task, Ingest.DEAD_LETTERS).stream()
        .map(letter -> letter.reason().replaceFirst(":.*", ""))
        .toList();
  }

  @Override
  public void close() throws Exception {
    for (var task : opened) {
      task.close();
    }
  }
}
