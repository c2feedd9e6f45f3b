package io.plumbline.onlinemetrics.health;

import io.plumbline.runtime.window.Window;
import io.plumbline.stats.moments.Moments;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * The means of the final hours of the last week, of one key: what is usual. Hours without a mean
 * leave a gap. All is forgotten when a week has passed without one.
 */
final class HourlyMeans {
  static final long HOUR = Duration.ofHours(1).toMillis();
  static final int HOURS = 168;

  private static final long WEEK = HOURS * HOUR;

  /** By the start of the hour, in epoch milliseconds. */
  private final MapState<Long, Double> means;

  /** When to look whether they are forgotten; null: there are none. */
  private final ValueState<Long> due;

  HourlyMeans(RuntimeContext context) {
    means = context.getMapState(new MapStateDescriptor<>("hourly-means", Types.LONG, Types.DOUBLE));
    due = context.getState(new ValueStateDescriptor<>("hourly-means-due", Types.LONG));
  }

  /**
   * Adds a final hour.
   *
   * @param mean not finite: it has none
   * @return the means of the week that ends with it
   */
  Moments add(Window hour, double mean, TimerService timers) throws Exception {
    if (Double.isFinite(mean)) {
      means.put(hour.start(), mean);
      if (due.value() == null) {
        lookAt(hour.end() + WEEK, timers);
      }
    }
    Moments week = Moments.ofDoubles();
    for (var each = means.iterator(); each.hasNext(); ) {
      Map.Entry<Long, Double> one = each.next();
      if (one.getKey() <= hour.start() - WEEK) {
        each.remove();
      } else if (one.getKey() <= hour.start()) {
        week.add(one.getValue(), 1);
      }
    }
    return week;
  }

  private void lookAt(long time, TimerService timers) throws Exception {
    due.update(time);
    timers.registerEventTimeTimer(time);
  }

  /** Forgets what is older than a week, if the event-time timer is its own. */
  void onTimer(long time, TimerService timers) throws Exception {
    Long own = due.value();
    if (own == null || own != time) {
      return;
    }
    due.clear();
    long newest = Long.MIN_VALUE;
    for (Long start : means.keys()) {
      newest = Math.max(newest, start);
    }
    if (newest + HOUR + WEEK <= time) {
      means.clear();
    } else {
      lookAt(newest + HOUR + WEEK, timers);
    }
  }
}
