package io.plumbline.featurehealth.freshness;

import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.window.Checks;
import io.plumbline.featurehealth.window.FeatureWindows;
import io.plumbline.featurehealth.window.WindowResults;
import io.plumbline.featurehealth.window.WindowSettings;
import io.plumbline.runtime.ingest.CatchUpGate;
import io.plumbline.runtime.ingest.DeadlineTimer;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.WindowHorizon;
import io.plumbline.runtime.window.WindowedFunction;
import java.time.Instant;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A feature by itself, whoever reads it: its values by window, and how old the newest is. That it
 * has gone stale is found by the machine's clock, as nothing arrives to say so; but not before the
 * sources have caught up, as an outage of ours is not the feature's.
 */
public final class FeatureWatch
    extends KeyedCoProcessFunction<String, FeatureBlock, FeatureNews, MetricPoint>
    implements WindowedFunction {
  private final WindowSettings settings;
  private final WindowHorizon horizon = new WindowHorizon();

  private transient FeatureWindows windows;
  private transient ResultClock clock;
  private transient WindowResults results;
  private transient Freshness freshness;
  private transient RegistryChanges changes;
  private transient ClockChecks checks;

  /** What the registry says; null: the feature is not registered. */
  private transient ValueState<FeatureSpec> spec;

  private transient CatchUpGate gate;

  /** With each window of the clock the feature's age is emitted. */
  private transient DeadlineTimer tick;

  /** When the newest value will be too old, or sooner. */
  private transient DeadlineTimer deadline;

  /** The features that were announced in this run. */
  private transient Set<String> announced;

  public FeatureWatch(WindowSettings settings) {
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
    freshness = new Freshness(getRuntimeContext());
    changes = new RegistryChanges(getRuntimeContext());
    checks = new ClockChecks(getRuntimeContext(), settings, freshness, changes, windows, clock);
    spec =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("spec", TypeInformation.of(FeatureSpec.class)));
    gate = new CatchUpGate();
    tick = new DeadlineTimer(getRuntimeContext(), "next-tick", gate);
    deadline = new DeadlineTimer(getRuntimeContext(), "deadline", gate);
    announced = new HashSet<>();
  }

  private static ClockChecks.Outputs outputs(Context context, Collector<MetricPoint> out) {
    return new ClockChecks.Outputs(out::collect, check -> context.output(Checks.OUTPUT, check));
  }

  @Override
  public void processElement1(FeatureBlock part, Context context, Collector<MetricPoint> out)
      throws Exception {
    windows.add(part, context.timerService());
  }

  @Override
  public void processElement2(FeatureNews news, Context context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (news.caughtUp()) {
      gate.caughtUp(timers.currentProcessingTime());
      return;
    }
    boolean isNewer = news.newest() != null && freshness.seen(news.newest());
    if (!news.announced()) {
      seen(isNewer, context, out);
    } else if (news.spec() == null) {
      forget(context, out);
    } else {
      register(news, context, out);
    }
  }

  private void seen(boolean isNewer, Context context, Collector<MetricPoint> out) throws Exception {
    FeatureSpec now = spec.value();
    // Of one that is not announced yet the time is kept.
    if (now == null || !isNewer) {
      return;
    }
    TimerService timers = context.timerService();
    watchDeadline(now, timers);
    if (checks.wasStale() && !freshness.isStale(timers.currentProcessingTime(), now.sla())) {
      checks.emit(context.getCurrentKey(), now, timers, outputs(context, out));
    }
  }

  private void register(FeatureNews news, Context context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    long now = timers.currentProcessingTime();
    FeatureSpec before = spec.value();
    announced.add(context.getCurrentKey());
    spec.update(news.spec());
    if (before == null) {
      freshness.begin(now);
    } else {
      changes.note(before, news.spec(), news.ofFile());
      if (!Objects.equals(before.sla(), news.spec().sla())
          && gate.isOpen(now)
          && checks.hasEmittedIn(checks.windowAt(now))) {
        checks.emit(context.getCurrentKey(), news.spec(), timers, outputs(context, out));
      }
    }
    tick.fireBy(checks.windowAt(now).end(), timers);
    watchDeadline(news.spec(), timers);
  }

  private void watchDeadline(FeatureSpec of, TimerService timers) throws Exception {
    Long breach = freshness.staleFrom(of.sla());
    if (breach != null) {
      deadline.fireBy(breach, timers);
    }
  }

  private void forget(Context context, Collector<MetricPoint> out) throws Exception {
    announced.remove(context.getCurrentKey());
    checks.withdraw(context.getCurrentKey(), context.timerService(), outputs(context, out));
    freshness.end();
    changes.clear();
    spec.clear();
    tick.clear();
    deadline.clear();
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      windows.onTimer(
          time,
          timers,
          (block, judged, isFinal) -> emitWindow(block, judged, isFinal, context, out));
      return;
    }
    boolean ticks = tick.fires(time, timers);
    boolean breaks = deadline.fires(time, timers);
    if (!ticks && !breaks) {
      return;
    }
    String feature = context.getCurrentKey();
    if (!announced.contains(feature)) {
      // The file had it when an earlier run began, and has it no more.
      forget(context, out);
      return;
    }
    FeatureSpec of = spec.value();
    long now = timers.currentProcessingTime();
    boolean isStale = freshness.isStale(now, of.sla());
    if (ticks || (isStale && !checks.wasStale())) {
      checks.emit(feature, of, timers, outputs(context, out));
    }
    tick.fireBy(checks.windowAt(now).end(), timers);
    if (!isStale) {
      watchDeadline(of, timers);
    }
  }

  private void emitWindow(
      FeatureBlock block,
      FeatureWindows.Judged judged,
      boolean isFinal,
      OnTimerContext context,
      Collector<MetricPoint> out)
      throws Exception {
    Instant computedAt = clock.now(context.timerService());
    results.points(block, isFinal, computedAt, out::collect);
    if (isFinal) {
      // Whether it is healthy was said by the clock of that time.
      return;
    }
    String feature = context.getCurrentKey();
    FeatureSpec of = spec.value();
    long now = context.timerService().currentProcessingTime();
    WindowResults.Beside beside =
        of == null || !gate.isOpen(now)
            ? WindowResults.Beside.NOTHING
            : checks.beside(of, block.window(), now);
    context.output(
        Checks.OUTPUT,
        results.check(block, feature, judged.of(feature), beside, false, computedAt, out::collect));
  }
}
