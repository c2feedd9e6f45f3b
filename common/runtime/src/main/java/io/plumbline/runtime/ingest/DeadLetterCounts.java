package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * How many dead letters a job made in each window of the clock, as the metric {@code dead_letters}:
 * a point for each window with any.
 */
public final class DeadLetterCounts extends KeyedProcessFunction<String, DeadLetter, MetricPoint> {
  private static final String METRIC = "dead_letters";

  private final String job;
  private final Duration window;
  private transient ValueState<Long> count;
  private transient ValueState<Long> windowStart;

  /**
   * @param job as series name it
   * @param window length of the windows
   */
  public DeadLetterCounts(String job, Duration window) {
    this.job = job;
    this.window = window;
  }

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    windowStart =
        getRuntimeContext().getState(new ValueStateDescriptor<>("window-start", Types.LONG));
  }

  @Override
  public void processElement(DeadLetter letter, Context context, Collector<MetricPoint> out)
      throws Exception {
    if (count.value() == null) {
      long now = context.timerService().currentProcessingTime();
      long start = Math.floorDiv(now, window.toMillis()) * window.toMillis();
      windowStart.update(start);
      context.timerService().registerProcessingTimeTimer(start + window.toMillis());
    }
    count.update((count.value() == null ? 0 : count.value()) + 1);
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    Instant start = Instant.ofEpochMilli(windowStart.value());
    long letters = count.value();
    Instant now = Instant.ofEpochMilli(context.timerService().currentProcessingTime());
    PointScope scope = PointScope.of(job, "infrastructure", start, start.plus(window));
    new Points(scope, true, now, out::collect).point(METRIC, "", letters, letters);
    count.clear();
    windowStart.clear();
  }
}
