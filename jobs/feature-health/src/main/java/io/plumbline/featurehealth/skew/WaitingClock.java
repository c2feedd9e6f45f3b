package io.plumbline.featurehealth.skew;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * The clock by which things wait: the machine's, but an outage of ours is no waiting. After one it
 * is behind by the length of the outage, at most by a horizon, and until all that had waited before
 * has waited a horizon; so whatever waits is let go in bounded time. It never goes back.
 */
final class WaitingClock {
  private final long horizon;
  private final ValueState<Long> behind;
  private final ValueState<Long> behindUntil;

  /** When this run of the task began. */
  private long begun = Long.MAX_VALUE;

  /**
   * @param horizon the longest wait, in milliseconds
   */
  WaitingClock(RuntimeContext context, long horizon) {
    this.horizon = horizon;
    behind = context.getState(new ValueStateDescriptor<>("clock-behind", Types.LONG));
    behindUntil = context.getState(new ValueStateDescriptor<>("clock-behind-until", Types.LONG));
  }

  /** The time, in epoch milliseconds. */
  long now(TimerService timers) throws Exception {
    long now = timers.currentProcessingTime();
    return now - behindAt(now);
  }

  private long behindAt(long time) throws Exception {
    Long until = behindUntil.value();
    return until == null || time >= until ? 0 : behind.value();
  }

  /** Takes note that the task runs: called with whatever comes. */
  void runs(TimerService timers) {
    begun = Math.min(begun, timers.currentProcessingTime());
  }

  /**
   * Takes note that a key's timer fires: one that should have before this run was kept from it.
   *
   * @param time for which it was set
   */
  void fired(long time, TimerService timers) throws Exception {
    runs(timers);
    long now = timers.currentProcessingTime();
    if (time < begun) {
      behind.update(Math.min(horizon, behindAt(time) + begun - time));
      behindUntil.update(now + horizon);
    } else if (behindUntil.value() != null && behindAt(now) == 0) {
      behind.clear();
      behindUntil.clear();
    }
  }
}
