package io.plumbline.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholeWindowsTest {
  private static final int MAX_PARALLELISM = 128;

  private final List<OneInputStreamOperatorTestHarness<Long, Long>> opened = new ArrayList<>();

  private OneInputStreamOperatorTestHarness<Long, Long> task(
      long ofLauncher, int index, int parallelism, OperatorSubtaskState state) throws Exception {
    var task =
        new OneInputStreamOperatorTestHarness<Long, Long>(
            new ProcessOperator<>(new WholeWindows<>(part -> part, ofLauncher)),
            MAX_PARALLELISM,
            parallelism,
            index);
    opened.add(task);
    task.setup();
    if (state != null) {
      task.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              state, MAX_PARALLELISM, 1, parallelism, index));
    }
    task.open();
    return task;
  }

  private static List<Long> passed(
      OneInputStreamOperatorTestHarness<Long, Long> task, long... starts) throws Exception {
    for (long start : starts) {
      task.processElement(start, start);
    }
    return task.extractOutputValues();
  }

  @AfterEach
  void close() throws Exception {
    for (var task : opened) {
      task.close();
    }
  }

  @Test
  void whatBeganBeforeIsDropped() throws Exception {
    assertThat(passed(task(1000, 0, 1, null), 0, 999, 1000, 1001)).containsExactly(1000L, 1001L);
  }

  @Test
  void aStartFromTheFirstRecordsHasAllWindows() throws Exception {
    long[] starts = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};
    assertThat(passed(task(WholeWindows.ALL, 0, 1, null), starts))
        .containsExactlyElementsOf(LongStream.of(starts).boxed().toList());
  }

  /** The launcher of a restore knows other offsets than those that the state goes on from. */
  @Test
  void aRestoredJobGoesByTheStartThatItGoesBackTo() throws Exception {
    OperatorSubtaskState state = task(1000, 0, 1, null).snapshot(1, 1);
    for (int parallelism = 1; parallelism <= 3; parallelism++) {
      for (int index = 0; index < parallelism; index++) {
        var earlierLaunch = task(0, index, parallelism, state);
        assertThat(passed(earlierLaunch, 999, 1000)).containsExactly(1000L);
        var laterLaunch = task(5000, index, parallelism, state);
        assertThat(passed(laterLaunch, 999, 1000)).containsExactly(1000L);
      }
    }
    OperatorSubtaskState again = task(5000, 0, 1, state).snapshot(2, 2);
    assertThat(passed(task(9000, 0, 1, again), 999, 1000)).containsExactly(1000L);
  }

  @Test
  void aRestoredJobThatHadAllWindowsGoesOnHavingThem() throws Exception {
    OperatorSubtaskState state = task(WholeWindows.ALL, 0, 1, null).snapshot(1, 1);
    assertThat(passed(task(5000, 0, 1, state), 0, 5000)).containsExactly(0L, 5000L);
  }

  @Test
  void anOperatorThatTheEarlierRunDidNotHaveDropsNothing() throws Exception {
    OperatorSubtaskState none = OperatorSubtaskState.builder().build();
    assertThat(passed(task(5000, 0, 1, none), 0, 5000)).containsExactly(0L, 5000L);
  }
}
