package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Deadlines that wait until silence counts. */
class DeadlineTimerTest {
  private static final long CAUGHT_UP = -1;

  private KeyedOneInputStreamOperatorTestHarness<String, Long, String> harness;

  /** Two deadlines: one at the time that comes, one always 10 ms later. */
  private static final class Deadlines extends KeyedProcessFunction<String, Long, String> {
    private transient CatchUpGate gate;
    private transient DeadlineTimer first;
    private transient DeadlineTimer second;

    @Override
    public void open(OpenContext context) {
      gate = new CatchUpGate();
      first = new DeadlineTimer(getRuntimeContext(), "first", gate);
      second = new DeadlineTimer(getRuntimeContext(), "second", gate);
    }

    @Override
    public void processElement(Long time, Context context, Collector<String> out) throws Exception {
      if (time == CAUGHT_UP) {
        gate.caughtUp(context.timerService().currentProcessingTime());
        return;
      }
      first.fireBy(time, context.timerService());
      second.fireBy(time + 10, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      if (first.fires(time, context.timerService())) {
        out.collect("first at " + time);
      }
      if (second.fires(time, context.timerService())) {
        out.collect("second at " + time);
      }
    }
  }

  @BeforeEach
  void open() throws Exception {
    open(null, 0);
  }

  private void open(OperatorSubtaskState state, long now) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Deadlines()), time -> "key", Types.STRING);
    harness.setup();
    harness.setProcessingTime(now);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void add(long time) throws Exception {
    harness.processElement(new StreamRecord<>(time));
  }

  @Test
  void eachFiresAtItsTimeAndOnce() throws Exception {
    add(CAUGHT_UP);
    add(5000);
    harness.setProcessingTime(5000);
    assertThat(harness.extractOutputValues()).containsExactly("first at 5000");
    harness.setProcessingTime(9000);
    assertThat(harness.extractOutputValues()).containsExactly("first at 5000", "second at 5010");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void anEarlierOneStaysAndALaterOneIsNone() throws Exception {
    add(CAUGHT_UP);
    add(5000);
    add(6000);
    add(4000);
    harness.setProcessingTime(9000);
    assertThat(harness.extractOutputValues()).containsExactly("first at 4000", "second at 4010");
  }

  @Test
  void nothingFiresBeforeTheSourcesHaveCaughtUpAndWhatTheyReadHasArrived() throws Exception {
    add(1000);
    for (long now = 0; now <= 60_000; now += 500) {
      harness.setProcessingTime(now);
    }
    assertThat(harness.extractOutputValues()).isEmpty();
    add(CAUGHT_UP);
    harness.setProcessingTime(61_999);
    assertThat(harness.extractOutputValues()).isEmpty();
    harness.setProcessingTime(64_000);
    assertThat(harness.extractOutputValues()).containsExactly("first at 62000", "second at 62000");
    assertThat(harness.numProcessingTimeTimers()).isZero();
  }

  @Test
  void afterARestartTheyWaitAgain() throws Exception {
    add(CAUGHT_UP);
    add(5000);
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(state, 100_000);
    harness.setProcessingTime(110_000);
    assertThat(harness.extractOutputValues()).isEmpty();
    add(CAUGHT_UP);
    harness.setProcessingTime(115_000);
    assertThat(harness.extractOutputValues()).hasSize(2);
  }
}
