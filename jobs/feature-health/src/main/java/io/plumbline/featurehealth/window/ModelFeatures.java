package io.plumbline.featurehealth.window;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.WindowHorizon;
import io.plumbline.runtime.window.WindowedFunction;
import java.time.Instant;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** The features as a model's version gets them, in one segment: a block of them under each key. */
public final class ModelFeatures extends KeyedProcessFunction<String, FeatureBlock, MetricPoint>
    implements WindowedFunction {
  private final WindowSettings settings;
  private final WindowHorizon horizon = new WindowHorizon();
  private transient FeatureWindows windows;
  private transient ResultClock clock;
  private transient WindowResults results;
  private transient Counter rowsWithoutRoom;

  public ModelFeatures(WindowSettings settings) {
    this.settings = settings;
  }

  @Override
  public WindowHorizon horizon() {
    return horizon;
  }

  @Override
  public void open(OpenContext context) {
    windows = new FeatureWindows(getRuntimeContext(), settings, horizon);
    clock = new ResultClock(getRuntimeContext());
    results = new WindowResults(settings.minRows());
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
        (block, judged, isFinal) -> {
          if (isFinal) {
            rowsWithoutRoom.inc(block.rowsWithoutRoom());
          }
          Instant computedAt = clock.now(context.timerService());
          results.points(block, isFinal, computedAt, out::collect);
          for (String feature : block.features().keySet()) {
            FeatureCheck check =
                results.check(
                    block,
                    feature,
                    judged.of(feature),
                    WindowResults.Beside.NOTHING,
                    isFinal,
                    computedAt,
                    out::collect);
            if (!isFinal) {
              context.output(Checks.OUTPUT, check);
            }
          }
        });
  }
}
