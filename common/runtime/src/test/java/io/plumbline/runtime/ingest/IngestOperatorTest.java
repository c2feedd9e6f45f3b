package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.SourceIdleness.TaskStatus;
import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.runtime.operators.coordination.MockOperatorCoordinatorContext;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator.SubtaskGateway;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the defaults: 10 s of disorder, 10 min of lateness; windows of 1 min. */
class IngestOperatorTest {
  private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final Disorder DISORDER = disorder(Lateness.LIMITED);

  private static final OutputTag<Long> LATE = Ingest.late(Types.LONG);

  private final List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> opened =
      new ArrayList<>();
  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> harness;

  private SourceIdleness coordinator;

  private static Disorder disorder(Lateness lateness) {
    return Disorder.of(PlumblineConfig.defaults().ingest(), Duration.ofMinutes(1), lateness);
  }

  /** A source of so many tasks begins. */
  private void start(int parallelism) {
    coordinator =
        new SourceIdleness(new MockOperatorCoordinatorContext(new OperatorID(), parallelism));
  }

  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> task(
      int index, int parallelism, OperatorSubtaskState state) throws Exception {
    return task(DISORDER, index, parallelism, state);
  }

  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> task(
      Disorder disorder, int index, int parallelism, OperatorSubtaskState state) throws Exception {
    var task =
        new OneInputStreamOperatorTestHarness<>(
            new Coordinated(coordinator, disorder, index), 128, parallelism, index);
    opened.add(task);
    task.setup();
    task.setProcessingTime(NOON);
    if (state != null) {
      task.initializeState(state);
    }
    task.open();
    IngestOperator<?> operator = (IngestOperator<?>) task.getOperator();
    coordinator.executionAttemptReady(index, 0, new Delivery(index, operator));
    return task;
  }

  /** Makes operators whose events reach the coordinator at once. */
  private static final class Coordinated extends AbstractStreamOperatorFactory<Long>
      implements OneInputStreamOperatorFactory<Ingested<Long>, Long> {
    private static final long serialVersionUID = 1;

    private final transient SourceIdleness coordinator;
    private final Disorder disorder;
    private final int index;

    Coordinated(SourceIdleness coordinator, Disorder disorder, int index) {
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
              LATE,
              event -> coordinator.handleEventFromOperator(index, 0, event));
    }

    @Override
    @SuppressWarnings("rawtypes") // as Flink declares it
    public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader loader) {
      return IngestOperator.class;
    }
  }

  /** Delivers a coordinator's events at once. */
  private record Delivery(int index, IngestOperator<?> operator) implements SubtaskGateway {
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

  private void open() throws Exception {
    start(1);
    harness = task(0, 1, null);
  }

  private void restore() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    start(1);
    harness = task(0, 1, state);
  }

  @AfterEach
  void close() throws Exception {
    for (var task : opened) {
      task.close();
    }
  }

  private static Ingested<Long> event(int partition, long time) {
    return new Ingested<>(
        time,
        null,
        "labels",
        partition,
        7,
        time,
        Long.toString(time).getBytes(StandardCharsets.UTF_8));
  }

  private void add(int partition, long time) throws Exception {
    harness.processElement(new StreamRecord<>(event(partition, time), time));
  }

  /** What came out since it was asked last: events, watermarks as such, "idle" and "active". */
  private List<Object> given() {
    return given(harness);
  }

  private static List<Object> given(OneInputStreamOperatorTestHarness<?, ?> task) {
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

  private List<DeadLetter> deadLetters() {
    Queue<StreamRecord<DeadLetter>> letters = harness.getSideOutput(Ingest.DEAD_LETTERS);
    return letters == null ? List.of() : letters.stream().map(StreamRecord::getValue).toList();
  }

  private List<String> reasons() {
    return deadLetters().stream().map(letter -> letter.reason().replaceFirst(":.*", "")).toList();
  }

  @Test
  void whatWasRefusedIsADeadLetterWithItsPlaceAndItsBytes() throws Exception {
    open();
    byte[] bytes = "nonsense".getBytes(StandardCharsets.UTF_8);
    harness.processElement(
        new StreamRecord<>(new Ingested<>(null, "not JSON", "labels", 3, 99, NOON, bytes), NOON));
    add(3, NOON);
    assertThat(given()).containsExactly(NOON);
    assertThat(deadLetters())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new DeadLetter("labels", 3, 99, "not JSON", Instant.ofEpochMilli(NOON), bytes));
  }

  @Test
  void anEventIsTooLateOnlyBeyondTheAllowedLateness() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON);
    long last = NOON - 10 * MINUTE;
    add(0, last);
    add(0, last - 1);
    // By its own partition it could be that late, whatever the disorder.
    add(0, last - 10_002);
    assertThat(given()).containsExactly(NOON, new Watermark(NOON), last);
    assertThat(reasons()).containsExactly("late_after_silence", "late");
    assertThat(deadLetters().get(1).reason())
        .isEqualTo(
            "late: the event of 2026-11-25T11:49:49.998Z is 610 s behind the watermark,"
                + " ingest.allowed_lateness is 600 s");
    assertThat(new String(deadLetters().get(1).bytes(), StandardCharsets.UTF_8))
        .isEqualTo(Long.toString(last - 10_002));
  }

  @Test
  void whatIsLateOnlyForASilenceSaysSo() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON + 11 * MINUTE);
    add(0, NOON + 1000);
    add(0, NOON + 500);
    add(0, NOON - 20 * MINUTE);
    // Another partition had never had an event, so that nothing waited for it.
    add(1, NOON - 20 * MINUTE);
    assertThat(reasons())
        .containsExactly("late_after_silence", "late_after_silence", "late", "late_after_silence");
  }

  @Test
  void beforeTheFirstWatermarkNothingIsLate() throws Exception {
    open();
    add(0, NOON);
    add(0, 0);
    assertThat(given()).containsExactly(NOON, 0L);
  }

  @Test
  void theWatermarkSurvivesARestore() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON);
    restore();
    assertThat(given()).containsExactly(new Watermark(NOON));
    // The source begins anew, and further back.
    harness.processWatermark(NOON - 5000);
    add(0, NOON - 11 * MINUTE);
    harness.processWatermark(NOON + 1);
    assertThat(given()).containsExactly(new Watermark(NOON + 1));
    assertThat(reasons()).containsExactly("late");
  }

  @Test
  void afterARescaleAllTasksStandWhereTheLastOneStood() throws Exception {
    start(3);
    var first = task(0, 2, null);
    var second = task(1, 2, null);
    var idle = task(2, 3, null);
    first.processElement(new StreamRecord<>(event(0, NOON), NOON));
    second.processElement(new StreamRecord<>(event(1, NOON + MINUTE), NOON + MINUTE));
    first.processWatermark(NOON);
    second.processWatermark(NOON + MINUTE);
    idle.processWatermark(NOON - MINUTE);
    idle.processWatermarkStatus(WatermarkStatus.IDLE);
    OperatorSubtaskState all =
        AbstractStreamOperatorTestHarness.repackageState(
            first.snapshot(1, 1), second.snapshot(1, 1), idle.snapshot(1, 1));
    start(4);
    for (int index = 0; index < 4; index++) {
      OperatorSubtaskState own =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(all, 128, 3, 4, index);
      harness = task(index, 4, own);
      assertThat(given()).containsExactly(new Watermark(NOON));
      // Whichever task has the partition now, it knows how far it had come.
      harness.processWatermark(NOON + 30 * MINUTE);
      add(1, NOON + 40_000);
      add(0, NOON - 15 * MINUTE);
      assertThat(reasons()).containsExactly("late_after_silence", "late");
    }
  }

  @Test
  void aSilenceThatBeganBeforeARestoreStillClosesTheLastWindows() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON - 10_001);
    restore();
    assertThat(given()).containsExactly(new Watermark(NOON - 10_001));
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given()).isEmpty();
    // As fast as the clock, and no faster.
    harness.setProcessingTime(NOON + 1000);
    assertThat(given()).containsExactly(new Watermark(NOON - 10_001 + 1000));
    long last = NOON - 10_001 + DISORDER.furthest();
    for (long passed = 1200; passed < 12 * MINUTE; passed += 200) {
      harness.setProcessingTime(NOON + passed);
    }
    List<Object> all = given();
    assertThat(all).endsWith(new Watermark(last), "idle");
    assertThat(all).doesNotContain("active");
    // Then it is as silent as its source.
    harness.setProcessingTime(NOON + 60 * MINUTE);
    assertThat(given()).isEmpty();
    // And an event ends the silence.
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    add(0, NOON + 60 * MINUTE);
    assertThat(given()).containsExactly("active", NOON + 60 * MINUTE);
  }

  @Test
  void aTaskThatWasHeldUpDoesNotMakeUpForIt() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON - 10_001);
    restore();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    given();
    // The clock is set forward by an hour.
    harness.setProcessingTime(NOON + 60 * MINUTE);
    assertThat(given()).first().isEqualTo(new Watermark(NOON - 10_001 + 1000));
  }

  @Test
  void aBacklogAfterARestoreIsNotTakenForASilence() throws Exception {
    open();
    add(0, NOON);
    add(1, NOON);
    harness.processWatermark(NOON - 10_001);
    restore();
    given();
    // We were away for an hour; what has waited comes, and no time passed by itself.
    harness.setProcessingTime(NOON + 60 * MINUTE);
    add(0, NOON + 1000);
    add(1, NOON + 1000);
    harness.processWatermark(NOON + 1000 - 10_001);
    add(0, NOON - 9 * MINUTE);
    assertThat(given())
        .containsExactly(NOON + 1000, NOON + 1000, new Watermark(NOON - 9_001), NOON - 9 * MINUTE);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aCheckpointBeforeTheFirstWatermarkLosesNoWindowEither() throws Exception {
    open();
    add(0, NOON);
    add(1, NOON + MINUTE);
    restore();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given()).isEmpty();
    harness.setProcessingTime(NOON + 200);
    assertThat(given()).containsExactly(new Watermark(NOON - 10_001 + 200));
  }

  @Test
  void withoutEventsThereIsNothingToWaitFor() throws Exception {
    open();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given()).containsExactly("idle");
    restore();
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given()).containsExactly("idle");
  }

  @Test
  void whatARestoreKnewIsKnownAfterTheNext() throws Exception {
    open();
    add(0, NOON);
    add(1, NOON - MINUTE);
    harness.processWatermark(NOON + 30 * MINUTE);
    restore();
    add(1, NOON + 30 * MINUTE);
    restore();
    add(0, NOON - 5 * MINUTE);
    add(0, NOON - 11 * MINUTE);
    assertThat(reasons()).containsExactly("late_after_silence", "late");
  }

  private static <T> List<T> side(OneInputStreamOperatorTestHarness<?, ?> task, OutputTag<T> tag) {
    Queue<StreamRecord<T>> records = task.getSideOutput(tag);
    return records == null ? List.of() : records.stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void aLateEventIsThereForThoseWhoAskForIt() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON);
    add(0, NOON - 60 * MINUTE);
    assertThat(side(harness, LATE)).containsExactly(NOON - 60 * MINUTE);
    assertThat(reasons()).hasSize(1);
  }

  @Test
  void nothingIsTooLateInAStreamThatIsLateByNature() throws Exception {
    start(1);
    harness = task(disorder(Lateness.UNLIMITED), 0, 1, null);
    add(0, NOON);
    harness.processWatermark(Long.MAX_VALUE - 1);
    add(0, NOON - 60 * MINUTE);
    add(0, Long.MIN_VALUE);
    assertThat(given())
        .containsExactly(
            NOON, new Watermark(Long.MAX_VALUE - 1), NOON - 60 * MINUTE, Long.MIN_VALUE);
    assertThat(deadLetters()).isEmpty();
  }

  @Test
  void aSilenceClosesTheLastWindowsOfSuchAStreamToo() throws Exception {
    start(1);
    Disorder unlimited = disorder(Lateness.UNLIMITED);
    harness = task(unlimited, 0, 1, null);
    add(0, NOON);
    harness.processWatermark(NOON - 10_001);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    start(1);
    harness = task(unlimited, 0, 1, state);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    for (long passed = 0; passed < 12 * MINUTE; passed += 200) {
      harness.setProcessingTime(NOON + passed);
    }
    assertThat(given()).endsWith(new Watermark(NOON - 10_001 + DISORDER.furthest()), "idle");
  }

  /** Three tasks that were restored from a state in which two partitions had come until noon. */
  private List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> restoredTasks()
      throws Exception {
    start(2);
    var one = task(0, 2, null);
    var two = task(1, 2, null);
    one.processElement(new StreamRecord<>(event(0, NOON), NOON));
    two.processElement(new StreamRecord<>(event(1, NOON), NOON));
    one.processWatermark(NOON - 10_001);
    two.processWatermark(NOON - 10_001);
    OperatorSubtaskState all =
        AbstractStreamOperatorTestHarness.repackageState(one.snapshot(1, 1), two.snapshot(1, 1));
    start(3);
    List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> tasks = new ArrayList<>();
    for (int index = 0; index < 3; index++) {
      var task =
          task(
              index,
              3,
              AbstractStreamOperatorTestHarness.repartitionOperatorState(all, 128, 2, 3, index));
      assertThat(given(task)).containsExactly(new Watermark(NOON - 10_001));
      tasks.add(task);
    }
    return tasks;
  }

  @Test
  void aTaskWithoutAPartitionHoldsNoBacklogBack() throws Exception {
    var tasks = restoredTasks();
    // An hour has waited in both partitions; the third task has none.
    for (int index = 0; index < 2; index++) {
      long late = NOON + 60 * MINUTE;
      tasks.get(index).processElement(new StreamRecord<>(event(index, late), late));
      tasks.get(index).processWatermark(late - 10_001);
    }
    tasks.get(2).processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given(tasks.get(2))).containsExactly("idle");
    tasks.get(2).setProcessingTime(NOON + 60 * MINUTE);
    assertThat(given(tasks.get(2))).isEmpty();
  }

  @Test
  void aTaskWithOnlySilentPartitionsHoldsNoBacklogBack() throws Exception {
    var tasks = restoredTasks();
    tasks.get(1).processWatermarkStatus(WatermarkStatus.IDLE);
    tasks.get(2).processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given(tasks.get(1))).containsExactly("idle");
    long end = NOON + 60 * MINUTE + DISORDER.furthest();
    tasks.get(0).processElement(new StreamRecord<>(event(0, end), end));
    tasks.get(0).processWatermark(end);
    // When the last one falls silent as well, its watermark has closed the windows of all.
    tasks.get(0).processWatermarkStatus(WatermarkStatus.IDLE);
    for (var task : tasks.subList(1, 3)) {
      task.setProcessingTime(NOON + MINUTE);
    }
    assertThat(given(tasks.get(1))).isEmpty();
    assertThat(given(tasks.get(2))).containsExactly("idle");
  }

  @Test
  void onceAllTasksAreIdleTheyGoOnFromTheGreatestWatermark() throws Exception {
    var tasks = restoredTasks();
    tasks.get(1).processWatermarkStatus(WatermarkStatus.IDLE);
    tasks.get(2).processWatermarkStatus(WatermarkStatus.IDLE);
    tasks.get(0).processElement(new StreamRecord<>(event(0, NOON + 1), NOON + 1));
    tasks.get(0).processWatermark(NOON + 5000);
    given(tasks.get(1));
    given(tasks.get(0));
    tasks.get(0).processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given(tasks.get(0))).isEmpty();
    tasks.get(1).setProcessingTime(NOON + 200);
    assertThat(given(tasks.get(1))).containsExactly("active", new Watermark(NOON + 5200));
    // An event in any task ends it for all others.
    tasks.get(0).processWatermarkStatus(WatermarkStatus.ACTIVE);
    tasks.get(1).setProcessingTime(NOON + 60_000);
    assertThat(given(tasks.get(1))).containsExactly("idle");
  }

  @Test
  void aTaskThatIsStartedAgainCountsAsActive() throws Exception {
    var tasks = restoredTasks();
    tasks.get(0).processWatermarkStatus(WatermarkStatus.IDLE);
    tasks.get(1).processWatermarkStatus(WatermarkStatus.IDLE);
    coordinator.executionAttemptFailed(1, 0, null);
    coordinator.subtaskReset(1, 1);
    tasks.get(2).processWatermarkStatus(WatermarkStatus.IDLE);
    assertThat(given(tasks.get(2))).containsExactly("idle");
    // It reports before the coordinator can reach it.
    coordinator.handleEventFromOperator(1, 1, new TaskStatus(true, NOON));
    tasks.get(2).setProcessingTime(NOON + 200);
    assertThat(given(tasks.get(2))).containsExactly("active", new Watermark(NOON + 200));
    coordinator.resetToCheckpoint(1, new byte[0]);
    coordinator.handleEventFromOperator(1, 2, new TaskStatus(true, NOON));
    assertThat(given(tasks.get(2))).isEmpty();
  }

  private List<SourceProgress> progress() {
    List<SourceProgress> all = side(harness, Ingest.PROGRESS);
    return all.subList(all.size() - 1, all.size());
  }

  private void read(int partition, long offset) throws Exception {
    Ingested<Long> record =
        new Ingested<>(NOON, null, "labels", partition, offset, NOON, new byte[0]);
    harness.processElement(new StreamRecord<>(record, NOON));
  }

  @Test
  void aTaskReportsHowFarItHasReadAndSinceWhenNothingCame() throws Exception {
    open();
    harness.setProcessingTime(NOON + 1);
    assertThat(progress()).containsExactly(new SourceProgress("labels", 0, 1, 1, List.of()));
    read(0, 41);
    harness.setProcessingTime(NOON + 1001);
    assertThat(progress().get(0).positions()).containsExactly(new ReadPosition("labels", 0, 42, 0));
    // A dead letter is a record too.
    harness.processElement(
        new StreamRecord<>(new Ingested<>(null, "r", "labels", 1, 6, NOON, new byte[0]), NOON));
    harness.setProcessingTime(NOON + 2001);
    harness.setProcessingTime(NOON + 3001);
    assertThat(progress())
        .containsExactly(
            new SourceProgress(
                "labels",
                0,
                1,
                3001,
                List.of(
                    new ReadPosition("labels", 0, 42, 2000),
                    new ReadPosition("labels", 1, 7, 1000))));
    // What it knows of a restore it has not read.
    restore();
    harness.setProcessingTime(NOON + 1);
    assertThat(progress().get(0).positions()).isEmpty();
  }

  @Test
  void aTaskThatCannotGoOnIsNotSilent() throws Exception {
    open();
    harness.setProcessingTime(NOON + 1);
    read(0, 41);
    harness.setProcessingTime(NOON + 1001);
    TimerGauge backpressure =
        harness
            .getEnvironment()
            .getMetricGroup()
            .getIOMetricGroup()
            .getSoftBackPressuredTimePerSecond();
    backpressure.markStart();
    harness.setProcessingTime(NOON + 60_000);
    backpressure.markEnd();
    harness.setProcessingTime(NOON + 61_000);
    assertThat(progress())
        .containsExactly(
            new SourceProgress(
                "labels", 0, 1, 2001, List.of(new ReadPosition("labels", 0, 42, 1000))));
  }
}
