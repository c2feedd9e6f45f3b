package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.config.PlumblineConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
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
  private static final Disorder DISORDER =
      Disorder.of(PlumblineConfig.defaults().ingest(), Duration.ofMinutes(1));

  private static final OutputTag<Long> LATE = Ingest.late(Types.LONG);

  private final List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> opened =
      new ArrayList<>();
  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> harness;

  private OneInputStreamOperatorTestHarness<Ingested<Long>, Long> task(
      int index, int parallelism, OperatorSubtaskState state) throws Exception {
    var task =
        new OneInputStreamOperatorTestHarness<>(
            new IngestOperator<>(DISORDER, "labels", LATE), 128, parallelism, index);
    opened.add(task);
    task.setup();
    task.setProcessingTime(NOON);
    if (state != null) {
      task.initializeState(state);
    }
    task.open();
    return task;
  }

  private void open() throws Exception {
    harness = task(0, 1, null);
  }

  private void restore() throws Exception {
    harness = task(0, 1, harness.snapshot(1, 1));
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

  private void read(int partition, long written) throws Exception {
    Ingested<Long> record =
        new Ingested<>(NOON, null, "labels", partition, 7, written, new byte[0]);
    harness.processElement(new StreamRecord<>(record, NOON));
  }

  @Test
  void aSourceHasCaughtUpWhenAllItsPartitionsHave() throws Exception {
    open();
    harness.setProcessingTime(NOON + 1);
    read(0, NOON - 2);
    read(1, NOON - 60 * MINUTE);
    harness.setProcessingTime(NOON + 50_000);
    assertThat(side(harness, Ingest.PROGRESS))
        .containsExactly(new SourceProgress("labels", 0, 1, false));
    // Events of the present that were written long ago: it is the record that tells.
    read(1, NOON + 45_000);
    harness.setProcessingTime(NOON + 51_000);
    assertThat(side(harness, Ingest.PROGRESS))
        .containsExactly(
            new SourceProgress("labels", 0, 1, false), new SourceProgress("labels", 0, 1, true));
  }

  @Test
  void withoutRecordsThereIsNothingToCatchUpWithAfterAMinute() throws Exception {
    open();
    harness.setProcessingTime(NOON + 59_900);
    assertThat(side(harness, Ingest.PROGRESS)).hasSize(1);
    harness.setProcessingTime(NOON + 61_000);
    assertThat(side(harness, Ingest.PROGRESS)).hasSize(2);
    // A partition whose backlog ends long before now.
    restore();
    harness.setProcessingTime(NOON + 1);
    read(0, NOON - 60 * MINUTE);
    harness.setProcessingTime(NOON + 59_000);
    assertThat(side(harness, Ingest.PROGRESS)).hasSize(1);
    harness.setProcessingTime(NOON + 61_000);
    assertThat(side(harness, Ingest.PROGRESS)).hasSize(2);
  }
}
