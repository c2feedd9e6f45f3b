package io.plumbline.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The life of a window: open, changed, emitted, final. */
class EventTimeWindowsTest {
  private static final long MINUTE = 60_000;

  private KeyedOneInputStreamOperatorTestHarness<String, Window, String> harness;

  /** Counts the parts of each window. */
  private static final class Counting extends KeyedProcessFunction<String, Window, String>
      implements WindowedFunction {
    private final Duration lateness;
    private final WindowHorizon horizon = new WindowHorizon();
    private transient EventTimeWindows<Long> windows;

    Counting(Duration lateness) {
      this.lateness = lateness;
    }

    @Override
    public WindowHorizon horizon() {
      return horizon;
    }

    @Override
    public void open(OpenContext context) {
      windows =
          new EventTimeWindows<>(getRuntimeContext(), Types.LONG, Long::sum, lateness, horizon);
    }

    @Override
    public void processElement(Window window, Context context, Collector<String> out)
        throws Exception {
      windows.add(window, 1L, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<String> out) throws Exception {
      windows.onTimer(
          time,
          context.timerService(),
          (window, count, isFinal) ->
              out.collect(
                  "%d+%d: %d%s"
                      .formatted(
                          window.start() / MINUTE,
                          window.length() / MINUTE,
                          count,
                          isFinal ? " final" : "")));
    }
  }

  @BeforeEach
  void open() throws Exception {
    open(10, null);
  }

  private void open(long lateness, OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Counting(Duration.ofMinutes(lateness))),
            window -> "key",
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void add(long start, long length) throws Exception {
    harness.processElement(new StreamRecord<>(new Window(start * MINUTE, length * MINUTE)));
  }

  private List<String> emittedAt(long millis) throws Exception {
    int before = harness.extractOutputValues().size();
    harness.processWatermark(new Watermark(millis));
    return harness.extractOutputValues().stream().skip(before).toList();
  }

  @Test
  void aWindowIsEmittedAtItsEndAndWhenLatePartsChangedItAndAsFinal() throws Exception {
    add(1, 1);
    add(1, 1);
    assertThat(emittedAt(2 * MINUTE - 2)).isEmpty();
    assertThat(emittedAt(2 * MINUTE - 1)).containsExactly("1+1: 2");
    add(1, 1);
    add(1, 1);
    assertThat(emittedAt(5 * MINUTE)).containsExactly("1+1: 4");
    assertThat(emittedAt(12 * MINUTE - 1)).isEmpty();
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 4 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aPartThatComesAfterTheFinalStateIsDropped() throws Exception {
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 1", "1+1: 1 final");
    add(1, 1);
    assertThat(emittedAt(30 * MINUTE)).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void eachWindowIsFinalByItself() throws Exception {
    add(0, 1);
    add(5, 1);
    assertThat(emittedAt(11 * MINUTE)).containsExactly("0+1: 1", "5+1: 1", "0+1: 1 final");
    add(5, 1);
    assertThat(emittedAt(16 * MINUTE)).containsExactly("5+1: 2", "5+1: 2 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void oneWatermarkEmitsWhatIsLateAndAllWindowsThatItPasses() throws Exception {
    add(1, 1);
    assertThat(emittedAt(2 * MINUTE - 1)).containsExactly("1+1: 1");
    add(4, 1);
    add(1, 1);
    add(3, 1);
    add(7, 1);
    assertThat(emittedAt(6 * MINUTE)).containsExactly("1+1: 2", "3+1: 1", "4+1: 1");
    assertThat(emittedAt(Long.MAX_VALUE))
        .containsExactly("7+1: 1", "1+1: 2 final", "3+1: 1 final", "4+1: 1 final", "7+1: 1 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void windowsOfTwoLengthsEndTogetherAndStayApart() throws Exception {
    add(2, 2);
    add(3, 1);
    add(3, 1);
    assertThat(emittedAt(4 * MINUTE)).containsExactly("2+2: 1", "3+1: 2");
    assertThat(emittedAt(14 * MINUTE)).containsExactly("2+2: 1 final", "3+1: 2 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  private void restart(long lateness) throws Exception {
    OperatorSubtaskState state = harness.snapshot(1, 1);
    close();
    open(lateness, state);
  }

  @Test
  void aWindowThatWasFinalStaysSoThoughALaterRunAllowsMore() throws Exception {
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 1", "1+1: 1 final");
    restart(60);
    // Before the first watermark, after it, and after one more restart.
    add(1, 1);
    assertThat(emittedAt(13 * MINUTE)).isEmpty();
    add(1, 1);
    assertThat(emittedAt(14 * MINUTE)).isEmpty();
    restart(90);
    add(1, 1);
    assertThat(emittedAt(15 * MINUTE)).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
    // The one behind it was not final yet.
    add(2, 1);
    assertThat(emittedAt(16 * MINUTE)).containsExactly("2+1: 1");
    assertThat(emittedAt(93 * MINUTE)).containsExactly("2+1: 1 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aWindowThatWasFinalStaysSoBeforeTheFirstWatermark() throws Exception {
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 1", "1+1: 1 final");
    restart(10);
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).isEmpty();
    assertThat(harness.numKeyedStateEntries()).isZero();
  }

  @Test
  void aWindowThatIsOpenStaysOpenAsLongAsANewRunAllows() throws Exception {
    add(1, 1);
    restart(100);
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 2");
    add(1, 1);
    assertThat(emittedAt(102 * MINUTE - 1)).containsExactly("1+1: 3");
    assertThat(emittedAt(102 * MINUTE)).containsExactly("1+1: 3 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void aWindowThatIsOpenIsFinalAtItsTimeThoughANewRunAllowsLess() throws Exception {
    add(1, 1);
    assertThat(emittedAt(5 * MINUTE)).containsExactly("1+1: 1");
    restart(1);
    assertThat(emittedAt(5 * MINUTE)).isEmpty();
    add(1, 1);
    assertThat(emittedAt(12 * MINUTE)).containsExactly("1+1: 1 final");
    assertThat(harness.numKeyedStateEntries()).isZero();
    assertThat(harness.numEventTimeTimers()).isZero();
  }

  @Test
  void theEndOfTheInputIsNoHorizonOfALaterRun() throws Exception {
    add(1, 1);
    assertThat(emittedAt(Long.MAX_VALUE)).containsExactly("1+1: 1", "1+1: 1 final");
    restart(10);
    add(3, 1);
    assertThat(emittedAt(4 * MINUTE)).containsExactly("3+1: 1");
  }
}
