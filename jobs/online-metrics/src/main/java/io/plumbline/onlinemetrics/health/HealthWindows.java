package io.plumbline.onlinemetrics.health;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.window.EventTimeWindows;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.Window;
import io.plumbline.runtime.window.WindowHorizon;
import io.plumbline.runtime.window.WindowedFunction;
import io.plumbline.stats.moments.Moments;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * The windows of the predictions of a model's version, in one role and segment, of any lengths; and
 * what is usual of its hours.
 */
final class HealthWindows extends KeyedProcessFunction<String, HealthPart, MetricPoint>
    implements WindowedFunction {
  /** Fewer hours say nothing of what is usual. */
  private static final int LEAST_HOURS = 24;

  private final Duration lateness;
  private final WindowHorizon horizon = new WindowHorizon();
  private transient EventTimeWindows<HealthPart> windows;
  private transient HourlyMeans hourlyMeans;
  private transient ResultClock clock;

  /**
   * @param lateness behind a window's end, after which no prediction of it can come
   */
  HealthWindows(Duration lateness) {
    this.lateness = lateness;
  }

  @Override
  public WindowHorizon horizon() {
    return horizon;
  }

  @Override
  public void open(OpenContext context) {
    windows =
        new EventTimeWindows<>(
            getRuntimeContext(), HealthMetrics.PART, HealthPart::with, lateness, horizon);
    hourlyMeans = new HourlyMeans(getRuntimeContext());
    clock = new ResultClock(getRuntimeContext());
  }

  @Override
  public void processElement(HealthPart part, Context context, Collector<MetricPoint> out)
      throws Exception {
    windows.add(part.window(), part, context.timerService());
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    windows.onTimer(
        time,
        context.timerService(),
        (window, part, isFinal) -> emit(window, part, isFinal, context, out));
    hourlyMeans.onTimer(time, context.timerService());
  }

  private void emit(
      Window window,
      HealthPart part,
      boolean isFinal,
      OnTimerContext context,
      Collector<MetricPoint> out)
      throws Exception {
    HealthPoints points =
        new HealthPoints(part, isFinal, clock.now(context.timerService()), out::collect);
    points.of(part.health());
    if (isFinal && window.length() == HourlyMeans.HOUR) {
      Moments week =
          hourlyMeans.add(window, part.health().values().moments().mean(), context.timerService());
      if (week.count() >= LEAST_HOURS) {
        points.baseline(week);
      }
    }
  }
}
