package io.plumbline.runtime.window;

import java.io.Serializable;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;

/**
 * The event time up to which the windows of an operator are final: those that end at it or before.
 * It is state and never goes back, so that a window that an earlier run made final stays so where a
 * later one allows more lateness: the window would begin anew with the part that came, and replace
 * what was made of all.
 */
public final class WindowHorizon implements Serializable {
  private transient long time;

  /** Whether the input has ended, which makes all windows final that are open: no later run's. */
  private transient boolean hasEnded;

  private transient ListState<Long> state;

  void initialize(FunctionInitializationContext context) throws Exception {
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("window-horizon", Types.LONG));
    time = Long.MIN_VALUE;
    // Keys change tasks, so each task goes by that which was the furthest.
    for (Long one : state.get()) {
      time = Math.max(time, one);
    }
  }

  void snapshot() throws Exception {
    state.clear();
    if (time != Long.MIN_VALUE) {
      state.add(time);
    }
  }

  /**
   * Takes note of a watermark.
   *
   * @param lateness in milliseconds, behind a window's end, after which no part of it can come
   */
  void advance(long watermark, long lateness) {
    if (watermark == Long.MAX_VALUE) {
      hasEnded = true;
    } else if (watermark >= Long.MIN_VALUE + lateness) {
      time = Math.max(time, watermark - lateness);
    }
  }

  /** Whether no part of a window is taken any more. */
  boolean isBehind(Window window) {
    return hasEnded || window.end() <= time;
  }
}
