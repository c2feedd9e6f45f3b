package io.plumbline.runtime.ingest;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * A timer of each key by the machine's clock, for what happens because nothing comes: it waits
 * until the sources have caught up. Several may stand beside each other in one operator, which asks
 * each whether the timer that fires is its own.
 */
public final class DeadlineTimer {
  private final CatchUpGate gate;
  private final ValueState<Long> timer;

  /**
   * @param name of its state
   */
  public DeadlineTimer(RuntimeContext context, String name, CatchUpGate gate) {
    this.gate = gate;
    timer = context.getState(new ValueStateDescriptor<>(name, Types.LONG));
  }

  /**
   * Sees to it that it fires at this time, in epoch milliseconds, or sooner. An earlier one stays:
   * another deadline may stand at the same time, which to Flink is the same timer.
   */
  public void fireBy(long time, TimerService timers) throws Exception {
    Long before = timer.value();
    if (before == null || before > time) {
      timer.update(time);
      timers.registerProcessingTimeTimer(time);
    }
  }

  /**
   * Whether a timer that fires is this one, and silence counts. If it does not count yet, the timer
   * fires again when it may.
   *
   * @param time of the timer
   */
  public boolean fires(long time, TimerService timers) throws Exception {
    Long own = timer.value();
    if (own == null || own != time) {
      return false;
    }
    timer.clear();
    long now = timers.currentProcessingTime();
    if (gate.isOpen(now)) {
      return true;
    }
    fireBy(gate.askAgainAt(now), timers);
    return false;
  }

  /** Forgets it. */
  public void clear() {
    timer.clear();
  }
}
