package io.plumbline.runtime.window;

import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * When a result was computed: by the clock of the machine, but never at or before the one before it
 * of the same key, whatever that machine's clock said.
 */
public final class ResultClock {
  private final ValueState<Long> last;

  public ResultClock(RuntimeContext context) {
    ValueStateDescriptor<Long> descriptor = new ValueStateDescriptor<>("computed-at", Types.LONG);
    // No result of a key that has been silent for so long gets another state.
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(Duration.ofDays(7)).build());
    last = context.getState(descriptor);
  }

  /** The time of what is computed now. */
  public Instant now(TimerService timers) throws Exception {
    Long before = last.value();
    long now = timers.currentProcessingTime();
    if (before != null && before >= now) {
      now = before + 1;
    }
    last.update(now);
    return Instant.ofEpochMilli(now);
  }
}
