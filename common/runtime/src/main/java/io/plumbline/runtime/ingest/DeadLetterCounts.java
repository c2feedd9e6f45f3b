package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.aggregate.PartialAggregateOperator;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Sums of what {@link DeadLetterFold} has counted: how many dead letters a job made in each window
 * of the clock, as the metric {@code dead_letters}, a point for each window with any.
 */
public final class DeadLetterCounts extends KeyedProcessFunction<String, Long, MetricPoint> {
  private static final String METRIC = "dead_letters";

  /** By which a letter may be counted in a later window. */
  private static final Duration MOST_DELAY = Duration.ofSeconds(1);

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

  /**
   * Counts the dead letters of one source in its own task.
   *
   * @param source its name; {@code count-refused-SOURCE} is the operator's, and its uid
   */
  public static DataStream<Long> fold(DataStream<DeadLetter> letters, String source) {
    return PartialAggregateOperator.foldPromptly(
            letters,
            new DeadLetterFold(),
            FoldMemory.bytes(Long.BYTES),
            MOST_DELAY,
            Types.LONG,
            "count-refused-" + source)
        // Else the letters of a source of one task would be dealt out to many.
        .setParallelism(letters.getParallelism());
  }

  @Override
  public void open(OpenContext context) {
    count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
    windowStart =
        getRuntimeContext().getState(new ValueStateDescriptor<>("window-start", Types.LONG));
  }

  @Override
  public void processElement(Long letters, Context context, Collector<MetricPoint> out)
      throws Exception {
    if (count.value() == null) {
      long now = context.timerService().currentProcessingTime();
      long start = Math.floorDiv(now, window.toMillis()) * window.toMillis();
      windowStart.update(start);
      context.timerService().registerProcessingTimeTimer(start + window.toMillis());
    }
    count.update((count.value() == null ? 0 : count.value()) + letters);
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
