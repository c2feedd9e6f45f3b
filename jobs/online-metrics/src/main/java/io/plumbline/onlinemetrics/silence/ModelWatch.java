package io.plumbline.onlinemetrics.silence;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.silence.WatchedModel.Version;
import io.plumbline.runtime.control.Announcement;
import io.plumbline.runtime.ingest.CatchUpGate;
import io.plumbline.runtime.ingest.DeadlineTimer;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * How long a model and its versions have said nothing. That it is too long is found by the
 * machine's clock, as nothing arrives to say so; but not before the sources have caught up, as an
 * outage of ours is not the model's.
 */
final class ModelWatch
    extends KeyedCoProcessFunction<
        String, NewestPrediction, Announcement<WatchedModel>, MetricPoint> {
  /** What config and control say; null: nothing yet, or nothing any more. */
  private transient ValueState<WatchedModel> watched;

  /** The window whose points were emitted last. */
  private transient ValueState<Window> emitted;

  private transient Silences silences;
  private transient ResultClock clock;
  private transient CatchUpGate gate;

  /** With each window of the clock all silences are emitted. */
  private transient DeadlineTimer tick;

  /** When the next one will be silent, or sooner. */
  private transient DeadlineTimer deadline;

  /** The models that were announced in this run. */
  private transient Set<String> announced;

  @Override
  public void open(OpenContext context) {
    watched =
        getRuntimeContext().getState(new ValueStateDescriptor<>("watched", WatchedModel.TYPE));
    emitted = getRuntimeContext().getState(new ValueStateDescriptor<>("emitted", Window.TYPE));
    silences = new Silences(getRuntimeContext());
    clock = new ResultClock(getRuntimeContext());
    gate = new CatchUpGate();
    tick = new DeadlineTimer(getRuntimeContext(), "next-tick", gate);
    deadline = new DeadlineTimer(getRuntimeContext(), "deadline", gate);
    announced = new HashSet<>();
  }

  private static List<String> series(WatchedModel of) {
    List<String> series = new ArrayList<>();
    series.add(Silences.MODEL);
    of.versions().forEach(version -> series.add(version.name()));
    return series;
  }

  @Override
  public void processElement1(NewestPrediction newest, Context context, Collector<MetricPoint> out)
      throws Exception {
    boolean isNews = silences.spoke(Silences.MODEL, newest.time());
    WatchedModel of = watched.value();
    boolean isOfModelOnly = newest.version().equals(Silences.MODEL);
    if (!isOfModelOnly && (of == null || series(of).contains(newest.version()))) {
      isNews |= silences.spoke(newest.version(), newest.time());
    }
    // Of one that is not announced yet the time is kept.
    if (of == null || !isNews) {
      return;
    }
    TimerService timers = context.timerService();
    watchDeadline(of, timers);
    if (hasChanged(of, timers.currentProcessingTime())) {
      emit(context.getCurrentKey(), of, timers, out);
    }
  }

  @Override
  public void processElement2(
      Announcement<WatchedModel> said, Context context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (said.caughtUp()) {
      gate.caughtUp(timers.currentProcessingTime());
    } else if (said.spec() == null) {
      forget(context.getCurrentKey(), timers, out);
    } else {
      register(said.spec(), context, out);
    }
  }

  private void register(WatchedModel now, Context context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    String model = context.getCurrentKey();
    announced.add(model);
    WatchedModel before = watched.value();
    if (before != null) {
      List<Version> gone = new ArrayList<>(before.versions());
      gone.removeAll(now.versions());
      for (Version version : gone) {
        withdraw(points(model, before, timers, out), version);
        if (!series(now).contains(version.name())) {
          silences.end(version.name());
        }
      }
    }
    watched.update(now);
    long time = timers.currentProcessingTime();
    for (String one : series(now)) {
      silences.begin(one, time);
    }
    tick.fireBy(Window.at(time, now.window()).end(), timers);
    watchDeadline(now, timers);
  }

  private void watchDeadline(WatchedModel of, TimerService timers) throws Exception {
    for (String one : series(of)) {
      if (!silences.wasSilent(one)) {
        deadline.fireBy(silences.silentFrom(one, of.maxSilence()), timers);
      }
    }
  }

  private boolean isSilent(String one, WatchedModel of, long now) throws Exception {
    return now >= silences.silentFrom(one, of.maxSilence());
  }

  /** Whether one is silent that was not, or the other way round. */
  private boolean hasChanged(WatchedModel of, long now) throws Exception {
    for (String one : series(of)) {
      if (isSilent(one, of, now) != silences.wasSilent(one)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    boolean ticks = tick.fires(time, timers);
    boolean breaks = deadline.fires(time, timers);
    if (!ticks && !breaks) {
      return;
    }
    String model = context.getCurrentKey();
    if (!announced.contains(model)) {
      // The file had it when an earlier run began, and has it no more.
      forget(model, timers, out);
      return;
    }
    WatchedModel of = watched.value();
    long now = timers.currentProcessingTime();
    if (ticks || hasChanged(of, now)) {
      emit(model, of, timers, out);
    }
    tick.fireBy(Window.at(now, of.window()).end(), timers);
    watchDeadline(of, timers);
  }

  private SilencePoints points(
      String model, WatchedModel of, TimerService timers, Collector<MetricPoint> out)
      throws Exception {
    Window present = Window.at(timers.currentProcessingTime(), of.window());
    return new SilencePoints(model, present, clock.now(timers), out::collect);
  }

  private void emit(String model, WatchedModel of, TimerService timers, Collector<MetricPoint> out)
      throws Exception {
    long now = timers.currentProcessingTime();
    SilencePoints points = points(model, of, timers, out);
    points.ofModel(silences.silence(Silences.MODEL, now));
    for (Version version : of.versions()) {
      points.of(version, silences.silence(version.name(), now));
    }
    for (String one : series(of)) {
      silences.note(one, isSilent(one, of, now));
    }
    emitted.update(points.window());
  }

  private void withdraw(SilencePoints points, Version version) throws Exception {
    if (points.window().equals(emitted.value())) {
      points.withdraw(version);
    }
  }

  private void forget(String model, TimerService timers, Collector<MetricPoint> out)
      throws Exception {
    announced.remove(model);
    WatchedModel of = watched.value();
    if (of != null) {
      SilencePoints points = points(model, of, timers, out);
      if (points.window().equals(emitted.value())) {
        points.withdrawModel();
        of.versions().forEach(points::withdraw);
      }
    }
    watched.clear();
    emitted.clear();
    silences.endAll();
    tick.clear();
    deadline.clear();
  }
}
