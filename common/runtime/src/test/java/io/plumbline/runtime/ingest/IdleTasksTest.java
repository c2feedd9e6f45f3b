package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.EmittedWatermark.TaskWatermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.metrics.TimerGauge;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Tasks that are idle beside tasks and sources that are not; with the defaults, as in {@link
 * IngestOperatorTest}.
 */
class IdleTasksTest {
  private static final long NOON = Instant.parse("2026-11-25T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;
  private static final long HOUR = 60 * MINUTE;
  private static final Disorder DISORDER =
      Disorder.of(PlumblineConfig.defaults().ingest(), Duration.ofMinutes(1), Lateness.LIMITED);

  private static final long RESTORED = NOON - 10_001;

  private final List<IngestTasks> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (IngestTasks source : opened) {
      source.close();
    }
  }

  private IngestTasks source(int parallelism) {
    IngestTasks source = new IngestTasks(DISORDER, parallelism, NOON);
    opened.add(source);
    return source;
  }

  private record Source(
      IngestTasks all, List<OneInputStreamOperatorTestHarness<Ingested<Long>, Long>> tasks) {
    OneInputStreamOperatorTestHarness<Ingested<Long>, Long> task(int index) {
      return tasks.get(index);
    }

    void setTime(long time) throws Exception {
      for (var task : tasks) {
        task.setProcessingTime(time);
      }
    }
  }

  /** Tasks that were restored from a state in which two partitions had come until noon. */
  private Source restored(int parallelism) throws Exception {
    IngestTasks before = source(2);
    var one = before.task(0, null);
    var two = before.task(1, null);
    one.processElement(IngestTasks.event(0, NOON));
    two.processElement(IngestTasks.event(1, NOON));
    one.processWatermark(RESTORED);
    two.processWatermark(RESTORED);
    OperatorSubtaskState all =
        AbstractStreamOperatorTestHarness.repackageState(one.snapshot(1, 1), two.snapshot(1, 1));
    Source source = new Source(source(parallelism), new ArrayList<>());
    for (int index = 0; index < parallelism; index++) {
      OperatorSubtaskState own =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              all, 128, 2, parallelism, index);
      source.tasks().add(source.all().task(index, own));
    }
    return source;
  }

  @Test
  void aTaskWithoutAPartitionHoldsNoBacklogBack() throws Exception {
    Source source = restored(3);
    Downstream downstream = new Downstream(3);
    source.task(2).processWatermarkStatus(WatermarkStatus.IDLE);
    source.setTime(NOON + 200);
    long late = NOON + HOUR;
    for (int index = 0; index < 2; index++) {
      source.task(index).processElement(IngestTasks.event(index, late));
      source.task(index).processWatermark(late - 10_001);
    }
    for (int index = 0; index < 3; index++) {
      downstream.take(0, index, source.task(index));
    }
    assertThat(downstream.watermark()).isEqualTo(late - 10_001);
    // It has nothing more to close.
    source.setTime(NOON + 2000);
    IngestTasks.given(source.task(2));
    source.setTime(NOON + HOUR);
    assertThat(IngestTasks.given(source.task(2))).isEmpty();
  }

  @Test
  void aSilentSourceHoldsNoBacklogOfAnotherBack() throws Exception {
    Source labels = restored(2);
    Source predictions = restored(1);
    Downstream join = new Downstream(2, 1);
    for (int index = 0; index < 2; index++) {
      labels.task(index).processWatermarkStatus(WatermarkStatus.IDLE);
    }
    var prediction = predictions.task(0);
    for (int minutes = 1; minutes <= 180; minutes++) {
      labels.setTime(NOON + minutes * 1000L);
      long time = NOON + minutes * MINUTE;
      prediction.processElement(IngestTasks.event(0, time));
      prediction.processWatermark(time - 10_001);
      for (int index = 0; index < 2; index++) {
        join.take(0, index, labels.task(index));
      }
      join.take(1, 0, prediction);
      assertThat(join.watermark()).isEqualTo(time - 10_001);
    }
  }

  @Test
  void aSilentSourceClosesItsLastWindowsByTheClockWhateverTheOtherDoes() throws Exception {
    Source labels = restored(2);
    Downstream windows = new Downstream(2);
    for (int index = 0; index < 2; index++) {
      labels.task(index).processWatermarkStatus(WatermarkStatus.IDLE);
      windows.take(0, index, labels.task(index));
    }
    assertThat(windows.watermark()).isEqualTo(RESTORED);
    for (long passed = 200; passed <= DISORDER.furthest() + 200; passed += 200) {
      labels.setTime(NOON + passed);
      for (int index = 0; index < 2; index++) {
        windows.take(0, index, labels.task(index));
      }
      assertThat(windows.watermark())
          .isBetween(RESTORED + Math.min(passed, DISORDER.furthest()), RESTORED + passed + 1000);
    }
    assertThat(windows.watermark()).isEqualTo(RESTORED + DISORDER.furthest());
  }

  @Test
  void underBackpressureNoTimePasses() throws Exception {
    var task = restored(1).task(0);
    task.processWatermarkStatus(WatermarkStatus.IDLE);
    task.setProcessingTime(NOON + 200);
    IngestTasks.given(task);
    TimerGauge backpressure =
        task.getEnvironment()
            .getMetricGroup()
            .getIOMetricGroup()
            .getSoftBackPressuredTimePerSecond();
    backpressure.markStart();
    for (long passed = 400; passed <= HOUR; passed += 200) {
      task.setProcessingTime(NOON + passed);
    }
    assertThat(IngestTasks.given(task)).doesNotHaveAnyElementsOfTypes(Watermark.class);
    backpressure.markEnd();
    task.setProcessingTime(NOON + HOUR + 200);
    assertThat(IngestTasks.given(task))
        .containsExactly("active", new Watermark(RESTORED + 400), "idle");
  }

  @Test
  void theyGoOnFromWhereTheLastActiveTaskStood() throws Exception {
    Source source = restored(3);
    source.task(1).processWatermarkStatus(WatermarkStatus.IDLE);
    source.task(2).processWatermarkStatus(WatermarkStatus.IDLE);
    source.task(0).processElement(IngestTasks.event(0, NOON + 1));
    source.task(0).processWatermark(NOON + 5000);
    source.task(0).processWatermarkStatus(WatermarkStatus.IDLE);
    Downstream downstream = new Downstream(3);
    for (long passed = 200; passed <= 2000; passed += 200) {
      source.setTime(NOON + passed);
      for (int index = 0; index < 3; index++) {
        downstream.take(0, index, source.task(index));
      }
    }
    // Each of them does, up to a second late.
    assertThat(downstream.watermark()).isBetween(NOON + 6000, NOON + 7000);
    source.task(0).processWatermarkStatus(WatermarkStatus.ACTIVE);
    source.task(1).processWatermarkStatus(WatermarkStatus.ACTIVE);
    for (int index = 0; index < 2; index++) {
      assertThat(IngestTasks.given(source.task(index))).startsWith("active");
      // What comes has not become late by that.
      source.task(index).processElement(IngestTasks.event(index, NOON - 9 * MINUTE));
      assertThat(IngestTasks.reasons(source.task(index))).isEmpty();
    }
  }

  @Test
  void whatIsLateByTheOtherTasksIsADeadLetter() throws Exception {
    IngestTasks source = source(2);
    var first = source.task(0, null);
    var silent = source.task(1, null);
    first.processElement(IngestTasks.event(0, NOON));
    silent.processElement(IngestTasks.event(1, NOON));
    silent.processWatermark(NOON + 11 * MINUTE);
    silent.processWatermarkStatus(WatermarkStatus.IDLE);
    first.processElement(IngestTasks.event(0, NOON + 3 * HOUR));
    first.processWatermark(NOON + 3 * HOUR);
    first.setProcessingTime(NOON + 1000);
    silent.setProcessingTime(NOON + 1000);
    IngestTasks.given(silent);
    // Flink has the events before it says that the task is active.
    silent.processElement(IngestTasks.event(1, NOON + HOUR));
    silent.processWatermarkStatus(WatermarkStatus.ACTIVE);
    silent.processWatermark(NOON + HOUR);
    silent.processElement(IngestTasks.event(1, NOON + HOUR + 1));
    assertThat(IngestTasks.reasons(silent))
        .containsExactly("late_after_silence", "late_after_silence");
    silent.processElement(IngestTasks.event(1, NOON + 3 * HOUR - 10 * MINUTE));
    assertThat(IngestTasks.given(silent))
        .containsExactly("active", new Watermark(NOON + 3 * HOUR), NOON + 3 * HOUR - 10 * MINUTE);
    // A restore does not bring the hours back.
    IngestTasks restored = source(1);
    var task =
        restored.task(
            0,
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(
                    first.snapshot(1, 1), silent.snapshot(1, 1)),
                128,
                2,
                1,
                0));
    assertThat(IngestTasks.given(task)).containsExactly(new Watermark(NOON + 3 * HOUR));
  }

  @Test
  void beforeAllTasksHaveReportedNothingIsLateByTheOthers() throws Exception {
    Source source = restored(3);
    var silent = source.task(2);
    source.task(0).processWatermark(NOON + HOUR);
    source.task(1).processWatermark(NOON + HOUR);
    source.task(0).setProcessingTime(NOON + 1000);
    source.task(1).setProcessingTime(NOON + 1000);
    source.all().coordinator().executionAttemptFailed(1, 0, null);
    source.all().coordinator().subtaskReset(1, 1);
    silent.processWatermarkStatus(WatermarkStatus.IDLE);
    silent.processElement(IngestTasks.event(7, NOON));
    assertThat(IngestTasks.reasons(silent)).isEmpty();
    // What was on its way when it ended says nothing of the task that is started again.
    source.all().report(1, 0, new TaskWatermark(NOON + HOUR, true));
    silent.setProcessingTime(NOON + 500);
    silent.processElement(IngestTasks.event(7, NOON));
    assertThat(IngestTasks.reasons(silent)).isEmpty();
    // It is started again and is the last; then it is idle as well.
    source.all().report(1, 1, new TaskWatermark(RESTORED, false));
    silent.setProcessingTime(NOON + 1000);
    silent.processElement(IngestTasks.event(7, NOON));
    assertThat(IngestTasks.reasons(silent)).isEmpty();
    source.all().report(1, 1, new TaskWatermark(RESTORED, true));
    silent.setProcessingTime(NOON + 2000);
    silent.processElement(IngestTasks.event(7, NOON));
    assertThat(IngestTasks.reasons(silent)).containsExactly("late_after_silence");
    long twoHours = NOON + 2 * HOUR;
    // After a failure of the whole job nothing is known.
    source.all().coordinator().resetToCheckpoint(1, new byte[0]);
    source.all().reach(2, silent);
    source.all().report(0, 2, new TaskWatermark(twoHours, false));
    silent.setProcessingTime(NOON + 3000);
    silent.processElement(IngestTasks.event(7, NOON + HOUR));
    assertThat(IngestTasks.reasons(silent)).hasSize(1);
    source.all().report(1, 2, new TaskWatermark(twoHours, false));
    silent.setProcessingTime(NOON + 4000);
    silent.processElement(IngestTasks.event(7, NOON + HOUR));
    assertThat(IngestTasks.reasons(silent)).hasSize(2);
  }
}
