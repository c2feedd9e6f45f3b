package io.plumbline.featurehealth.skew;

import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.freshness.FeatureNews;
import io.plumbline.featurehealth.window.WindowPoints;
import io.plumbline.runtime.ingest.CatchUpGate;
import io.plumbline.runtime.state.BinaryTypeInfo;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Training/serving skew: the value of a feature that models are served and the one that they are
 * trained on, for the same entity and time. Either may come first, a day apart at most, by the
 * clock of the machine: what is computed offline comes hours after its event time, when that is no
 * measure of waiting any more.
 *
 * <p>A pair counts in the window of its event time, whose points are emitted anew with each window
 * of the clock in which it has changed. What waits is let go in any case; but only once the sources
 * have caught up is a value without a twin unmatched: its twin may be among what is still to be
 * read.
 */
public final class ServingSkew
    extends KeyedCoProcessFunction<String, Twin, FeatureNews, MetricPoint> {
  private static final long HORIZON = Duration.ofDays(1).toMillis();

  /** A day for the first twin to come, and a day for the second. */
  private static final long OLDEST = 2 * HORIZON;

  /** Then the last that was taken has met its twin or has waited long enough. */
  private static final long KEPT = OLDEST + HORIZON;

  private final Duration window;

  private transient WaitingTwins waiting;
  private transient MapState<Window, SkewCounts> windows;
  private transient MapState<Window, Boolean> changed;
  private transient ValueState<Long> tick;
  private transient ResultClock clock;
  private transient Counter tooOld;
  private transient Counter expiredBehind;
  private transient WaitingClock waitingClock;
  private transient CatchUpGate gate;

  /**
   * @param window length of the windows
   */
  public ServingSkew(Duration window) {
    this.window = window;
  }

  @Override
  public void open(OpenContext context) {
    waiting = new WaitingTwins(getRuntimeContext());
    TypeInformation<SkewCounts> counts =
        new BinaryTypeInfo<>(SkewCounts.class, SkewCounts.Form.class);
    windows = map("skew-windows", Window.TYPE, counts);
    changed = map("changed-skew-windows", Window.TYPE, Types.BOOLEAN);
    tick = getRuntimeContext().getState(new ValueStateDescriptor<>("next-tick", Types.LONG));
    clock = new ResultClock(getRuntimeContext());
    tooOld = getRuntimeContext().getMetricGroup().counter("twins_too_old");
    expiredBehind = getRuntimeContext().getMetricGroup().counter("twins_expired_before_catch_up");
    waitingClock = new WaitingClock(getRuntimeContext(), HORIZON);
    gate = new CatchUpGate();
  }

  private <K, V> MapState<K, V> map(String name, TypeInformation<K> key, TypeInformation<V> value) {
    return getRuntimeContext().getMapState(new MapStateDescriptor<>(name, key, value));
  }

  @Override
  public void processElement2(FeatureNews news, Context context, Collector<MetricPoint> out) {
    waitingClock.runs(context.timerService());
    if (news.caughtUp()) {
      gate.caughtUp(context.timerService().currentProcessingTime());
    }
  }

  @Override
  public void processElement1(Twin twin, Context context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    waitingClock.runs(timers);
    if (twin.time() < timers.currentProcessingTime() - OLDEST) {
      // Its window was emitted as final, or will be soon.
      tooOld.inc();
      return;
    }
    Optional<Twin> met = waiting.meet(twin, timers.currentProcessingTime() + HORIZON);
    if (met.isPresent()) {
      change(twin.time(), counts(twin.time()).withPair(met.get(), twin));
    }
    keepTicking(timers);
  }

  private Window windowOf(long time) {
    return Window.at(time, window.toMillis());
  }

  private SkewCounts counts(long time) throws Exception {
    SkewCounts counts = windows.get(windowOf(time));
    return counts == null ? SkewCounts.NONE : counts;
  }

  private void change(long time, SkewCounts counts) throws Exception {
    Window of = windowOf(time);
    windows.put(of, counts);
    changed.put(of, true);
  }

  private void keepTicking(TimerService timers) throws Exception {
    if (tick.value() == null) {
      long next = windowOf(timers.currentProcessingTime()).end();
      tick.update(next);
      timers.registerProcessingTimeTimer(next);
    }
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    tick.clear();
    waitingClock.fired(time, timers);
    long now = waitingClock.now(timers);
    boolean caughtUp = gate.isOpen(timers.currentProcessingTime());
    waiting.expire(now, twin -> letGo(twin, caughtUp));
    List<Window> due = new ArrayList<>();
    changed.keys().forEach(due::add);
    due.sort(null);
    if (!due.isEmpty()) {
      Instant computedAt = clock.now(timers);
      for (Window of : due) {
        emit(context.getCurrentKey(), of, false, computedAt, out);
      }
      changed.clear();
    }
    forget(context.getCurrentKey(), now, timers, out);
    if (!waiting.isEmpty() || !windows.isEmpty()) {
      keepTicking(timers);
    }
  }

  private void letGo(Twin twin, boolean caughtUp) throws Exception {
    if (caughtUp) {
      change(twin.time(), counts(twin.time()).withUnmatched());
    } else {
      expiredBehind.inc();
    }
  }

  /** A window of which nothing is taken and nothing waits any more is final. */
  private void forget(String feature, long now, TimerService timers, Collector<MetricPoint> out)
      throws Exception {
    List<Window> over = new ArrayList<>();
    for (Window of : windows.keys()) {
      if (of.end() + KEPT < now) {
        over.add(of);
      }
    }
    over.sort(null);
    for (Window of : over) {
      emit(feature, of, true, clock.now(timers), out);
      windows.remove(of);
    }
  }

  private void emit(
      String feature, Window of, boolean isFinal, Instant computedAt, Collector<MetricPoint> out)
      throws Exception {
    SkewCounts counts = windows.get(of);
    WindowPoints points = new WindowPoints("", "", "", of, isFinal, computedAt, out::collect);
    long compared = counts.absolute().count();
    if (counts.pairs() > 0) {
      points.point(
          "feature_skew_ratio",
          feature,
          (double) counts.mismatches() / counts.pairs(),
          counts.pairs());
    }
    points.point("feature_skew_mean_abs_difference", feature, counts.absolute().mean(), compared);
    points.point(
        "feature_skew_mean_relative_difference", feature, counts.relative().mean(), compared);
    long all = counts.pairs() + counts.unmatched();
    points.point("feature_skew_unmatched_ratio", feature, (double) counts.unmatched() / all, all);
  }
}
