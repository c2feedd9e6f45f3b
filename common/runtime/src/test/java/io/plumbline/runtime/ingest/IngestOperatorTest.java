package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With the defaults: 10 s of disorder, 10 min of lateness; windows of 1 min. */
class IngestOperatorTest {
  private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final Disorder DISORDER = disorder(Lateness.LIMITED);

  private final List<IngestTasks> opened = new ArrayList<>();
  private IngestTasks source;
  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> harness;

  private static Disorder disorder(Lateness lateness) {
    return Disorder.of(PlumblineConfig.defaults().ingest(), Duration.ofMinutes(1), lateness);
  }

  /** A source of so many tasks begins. */
  private void start(int parallelism) {
    start(DISORDER, parallelism);
  }

  private void start(Disorder disorder, int parallelism) {
    source = new IngestTasks(disorder, parallelism, NOON);
    opened.add(source);
  }

  private void open() throws Exception {
    start(1);
    harness = source.task(0, null);
  }

  private void restore() throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    start(1);
    harness = source.task(0, state);
  }

  @AfterEach
  void close() throws Exception {
    for (IngestTasks tasks : opened) {
      tasks.close();
    }
  }

  private void add(int partition, long time) throws Exception {
    harness.processElement(IngestTasks.event(partition, time));
  }

  private List<Object> given() {
    return IngestTasks.given(harness);
  }

  private List<DeadLetter> deadLetters() {
    return IngestTasks.side(harness, Ingest.DEAD_LETTERS);
  }

  private List<String> reasons() {
    return IngestTasks.reasons(harness);
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
    var first = source.task(0, null);
    var second = source.task(1, null);
    var idle = source.task(2, null);
    first.processElement(IngestTasks.event(0, NOON));
    second.processElement(IngestTasks.event(1, NOON + MINUTE));
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
      harness = source.task(index, own);
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
    assertThat(given()).containsExactly("idle");
    // As fast as the clock, and no faster; and active for no longer than that takes.
    harness.setProcessingTime(NOON + 1000);
    assertThat(given()).containsExactly("active", new Watermark(NOON - 10_001 + 1000), "idle");
    long last = NOON - 10_001 + DISORDER.furthest();
    for (long passed = 1200; passed < 12 * MINUTE; passed += 200) {
      harness.setProcessingTime(NOON + passed);
    }
    assertThat(given()).endsWith("active", new Watermark(last), "idle");
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
    // An hour passes in which it can do nothing.
    harness.setProcessingTime(NOON + 60 * MINUTE);
    assertThat(given()).startsWith("active", new Watermark(NOON - 10_001 + 1000), "idle");
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
    assertThat(given()).containsExactly("idle");
    harness.setProcessingTime(NOON + 200);
    assertThat(given()).containsExactly("active", new Watermark(NOON - 10_001 + 200), "idle");
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

  @Test
  void aLateEventIsThereForThoseWhoAskForIt() throws Exception {
    open();
    add(0, NOON);
    harness.processWatermark(NOON);
    add(0, NOON - 60 * MINUTE);
    assertThat(IngestTasks.side(harness, IngestTasks.LATE)).containsExactly(NOON - 60 * MINUTE);
    assertThat(reasons()).hasSize(1);
  }

  @Test
  void nothingIsTooLateInAStreamThatIsLateByNature() throws Exception {
    start(disorder(Lateness.UNLIMITED), 1);
    harness = source.task(0, null);
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
    Disorder unlimited = disorder(Lateness.UNLIMITED);
    start(unlimited, 1);
    harness = source.task(0, null);
    add(0, NOON);
    harness.processWatermark(NOON - 10_001);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    start(unlimited, 1);
    harness = source.task(0, state);
    harness.processWatermarkStatus(WatermarkStatus.IDLE);
    for (long passed = 0; passed < 12 * MINUTE; passed += 200) {
      harness.setProcessingTime(NOON + passed);
    }
    assertThat(given()).endsWith(new Watermark(NOON - 10_001 + DISORDER.furthest()), "idle");
  }

  private List<SourceProgress> progress() {
    List<SourceProgress> all = IngestTasks.side(harness, Ingest.PROGRESS);
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
