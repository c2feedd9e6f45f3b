package io.plumbline.featurehealth.window;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureBlock;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The features as a model's version gets them, in one segment: a block of them under each key. */
public final class ModelFeatures extends KeyedProcessFunction<String, FeatureBlock, MetricPoint> {
  private final Duration window;
  private final Duration lateness;
  private final long minRows;
  private transient FeatureWindows windows;
  private transient ResultClock clock;
  private transient WindowResults results;
  private transient Counter rowsWithoutRoom;

  /**
   * @param lateness of events that are taken
   * @param minRows below which a window is judged together with the next ones
   */
  public ModelFeatures(Duration window, Duration lateness, long minRows) {
    this.window = window;
    this.lateness = lateness;
    this.minRows = minRows;
  }

  @Override
  public void open(OpenContext context) {
    windows = new FeatureWindows(getRuntimeContext(), window, lateness, minRows);
    clock = new ResultClock(getRuntimeContext());
    results = new WindowResults(minRows);
    rowsWithoutRoom = getRuntimeContext().getMetricGroup().counter("rows_of_features_without_room");
  }

  @Override
  public void processElement(FeatureBlock part, Context context, Collector<MetricPoint> out)
      throws Exception {
    windows.add(part, context.timerService());
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    windows.onTimer(
        time,
        context.timerService(),
        (block, judged, isLast) -> {
          if (isLast) {
            rowsWithoutRoom.inc(block.rowsWithoutRoom());
          }
          Instant computedAt = clock.now(context.timerService());
          results.points(block, isLast, computedAt, out::collect);
          for (String feature : block.features().keySet()) {
            FeatureCheck check =
                results.check(
                    block,
                    feature,
                    judged.of(feature),
                    WindowResults.Beside.NOTHING,
                    isLast,
                    computedAt,
                    out::collect);
            if (!isLast) {
              context.output(Checks.OUTPUT, check);
            }
          }
        });
  }
}
