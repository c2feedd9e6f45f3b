package io.plumbline.featurehealth.freshness;

import com.fasterxml.jackson.databind.node.TextNode;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.check.Words;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.window.Checks;
import io.plumbline.featurehealth.window.FeatureWindows;
import io.plumbline.featurehealth.window.Pooled;
import io.plumbline.featurehealth.window.WindowPoints;
import io.plumbline.featurehealth.window.WindowResults;
import io.plumbline.featurehealth.window.WindowSettings;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * A feature by itself, whoever reads it: its values by window, and how old the newest is. That it
 * has gone stale is found by the machine's clock, as nothing arrives to tell; but not before the
 * sources have caught up, as an outage of ours is not the feature's.
 */
public final class FeatureWatch
    extends KeyedCoProcessFunction<String, FeatureBlock, FeatureNews, MetricPoint> {
  /** What came while the sources caught up may still be on its way here. */
  private static final long ON_ITS_WAY_MILLIS = 2000;

  /** So long the time of a feature is kept that may be registered any moment. */
  private static final long UNREGISTERED_MILLIS = Duration.ofHours(1).toMillis();

  /** What quoted text cannot contain. */
  private static final String BETWEEN_CHANGES = "\n";

  private final WindowSettings settings;

  private transient FeatureWindows windows;
  private transient ResultClock clock;
  private transient WindowResults results;

  private transient ValueState<FeatureSpec> spec;
  private transient ValueState<Long> newest;

  /** When the feature was registered: without a value it goes stale from then on. */
  private transient ValueState<Long> since;

  /** What changed in the registry last, in words. */
  private transient ValueState<String> change;

  /** The window whose check has told of it; null: none has yet. */
  private transient ValueState<Long> changeWindow;

  private transient ValueState<Boolean> stale;
  private transient ValueState<Long> tick;
  private transient ValueState<Long> deadline;

  /** The features that this run was told of. */
  private transient Set<String> registered;

  private transient long judgesFrom;

  public FeatureWatch(WindowSettings settings) {
    this.settings = settings;
  }

  @Override
  public void open(OpenContext context) {
    windows = new FeatureWindows(getRuntimeContext(), settings);
    clock = new ResultClock(getRuntimeContext());
    results = new WindowResults(settings.minRows());
    spec = state("spec", TypeInformation.of(FeatureSpec.class));
    newest = state("newest", Types.LONG);
    since = state("registered-since", Types.LONG);
    change = state("registry-change", Types.STRING);
    changeWindow = state("registry-change-window", Types.LONG);
    stale = state("stale", Types.BOOLEAN);
    tick = state("next-tick", Types.LONG);
    deadline = state("deadline", Types.LONG);
    registered = new HashSet<>();
    judgesFrom = Long.MAX_VALUE;
  }

  private <T> ValueState<T> state(String name, TypeInformation<T> type) {
    return getRuntimeContext().getState(new ValueStateDescriptor<>(name, type));
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
    long now = timers.currentProcessingTime();
    if (news.caughtUp() && judgesFrom == Long.MAX_VALUE) {
      judgesFrom = now + ON_ITS_WAY_MILLIS;
    }
    if (news.removed()) {
      forget(context.getCurrentKey());
    } else if (news.spec() != null) {
      register(context.getCurrentKey(), news, timers);
    } else {
      seen(news.newest(), timers, context, out);
    }
  }

  private void register(String feature, FeatureNews news, TimerService timers) throws Exception {
    FeatureSpec before = spec.value();
    FeatureSpec now = news.spec();
    registered.add(feature);
    if (before == null) {
      since.update(timers.currentProcessingTime());
      // That of a feature that nobody had registered; its timer will find that it is not meant.
      tick.clear();
    } else {
      noteChange(difference(before, now, news.ofFile() ? " in the file" : ""));
    }
    spec.update(now);
    keepTicking(timers);
    watchDeadline(timers);
  }

  private void noteChange(List<String> words) throws Exception {
    if (!words.isEmpty()) {
      String before = changeWindow.value() == null ? change.value() : null;
      String now = String.join(BETWEEN_CHANGES, words);
      change.update(before == null ? now : before + BETWEEN_CHANGES + now);
      changeWindow.clear();
    }
  }

  private static List<String> difference(FeatureSpec before, FeatureSpec now, String where) {
    List<String> words = new ArrayList<>();
    difference("version", before.version(), now.version(), where, words);
    difference("computation", before.computation(), now.computation(), where, words);
    return words;
  }

  private static void difference(
      String what, String before, String now, String where, List<String> words) {
    if (!Objects.equals(before, now)) {
      words.add("%s changed%s: %s to %s".formatted(what, where, quoted(before), quoted(now)));
    }
  }

  /** As JSON has it: the view feature_changes takes the words apart again. */
  private static String quoted(String value) {
    return value == null ? "null" : TextNode.valueOf(value).toString();
  }

  private void forget(String feature) {
    registered.remove(feature);
    spec.clear();
    newest.clear();
    since.clear();
    change.clear();
    changeWindow.clear();
    stale.clear();
  }

  private void seen(long time, TimerService timers, Context context, Collector<MetricPoint> out)
      throws Exception {
    Long before = newest.value();
    if (before != null && before >= time) {
      return;
    }
    newest.update(time);
    if (spec.value() == null) {
      keepTicking(timers);
      return;
    }
    watchDeadline(timers);
    if (Boolean.TRUE.equals(stale.value()) && !isStale(timers.currentProcessingTime())) {
      tell(context.getCurrentKey(), timers, check -> context.output(Checks.OUTPUT, check), out);
    }
  }

  /** With each window of the clock the feature's age is told. */
  private void keepTicking(TimerService timers) throws Exception {
    if (tick.value() != null) {
      return;
    }
    long now = timers.currentProcessingTime();
    long next = spec.value() == null ? now + UNREGISTERED_MILLIS : windowAt(now).end();
    tick.update(next);
    timers.registerProcessingTimeTimer(next);
  }

  private Window windowAt(long time) {
    return Window.at(time, settings.length().toMillis());
  }

  /** Sees to it that there is a timer when the newest value will be too old, or sooner. */
  private void watchDeadline(TimerService timers) throws Exception {
    Long breach = breach();
    Long timer = deadline.value();
    if (breach == null || (timer != null && timer <= breach)) {
      return;
    }
    // An earlier timer stays: the tick may stand at the same time, which to Flink is the same
    // timer.
    deadline.update(breach);
    timers.registerProcessingTimeTimer(breach);
  }

  /** From when on the feature is stale; null: it never is. */
  private Long breach() throws Exception {
    FeatureSpec now = spec.value();
    if (now == null || now.sla() == null) {
      return null;
    }
    Long last = newest.value();
    // At an age of exactly the SLA it is still fresh.
    return (last == null ? since.value() : last) + now.sla() + 1;
  }

  private boolean isStale(long now) throws Exception {
    Long breach = breach();
    return breach != null && now >= breach;
  }

  @Override
  public void onTimer(long time, OnTimerContext context, Collector<MetricPoint> out)
      throws Exception {
    TimerService timers = context.timerService();
    if (context.timeDomain() == TimeDomain.EVENT_TIME) {
      windows.onTimer(
          time, timers, (block, judged, isFinal) -> closed(block, judged, isFinal, context, out));
      return;
    }
    boolean ticks = Long.valueOf(time).equals(tick.value());
    boolean breaks = Long.valueOf(time).equals(deadline.value());
    if (ticks) {
      tick.clear();
    }
    if (breaks) {
      deadline.clear();
    }
    long now = timers.currentProcessingTime();
    if (spec.value() == null) {
      if (ticks) {
        newest.clear();
      }
      return;
    }
    if (now < judgesFrom) {
      // Until the sources have caught up nobody knows; then soon.
      long soon = judgesFrom == Long.MAX_VALUE ? now + ON_ITS_WAY_MILLIS : judgesFrom;
      if (tick.value() == null) {
        tick.update(soon);
        timers.registerProcessingTimeTimer(soon);
      }
      if (breaks) {
        deadline.update(soon);
        timers.registerProcessingTimeTimer(soon);
      }
      return;
    }
    if (!registered.contains(context.getCurrentKey())) {
      // The file had it when an earlier run began, and has it no more.
      forget(context.getCurrentKey());
      return;
    }
    boolean wasStale = Boolean.TRUE.equals(stale.value());
    if (ticks || (isStale(now) && !wasStale)) {
      tell(context.getCurrentKey(), timers, check -> context.output(Checks.OUTPUT, check), out);
    }
    keepTicking(timers);
    if (!isStale(now)) {
      watchDeadline(timers);
    }
  }

  private void closed(
      FeatureBlock block,
      FeatureWindows.Judged judged,
      boolean isFinal,
      OnTimerContext context,
      Collector<MetricPoint> out)
      throws Exception {
    Instant computedAt = clock.now(context.timerService());
    results.points(block, isFinal, computedAt, out::collect);
    if (isFinal) {
      // Whether it is healthy was told by the clock of that time.
      return;
    }
    String feature = context.getCurrentKey();
    context.output(
        Checks.OUTPUT,
        results.check(
            block,
            feature,
            judged.of(feature),
            beside(context.timerService().currentProcessingTime(), block.window().start()),
            false,
            computedAt,
            out::collect));
  }

  /** What the clock says of the feature, as long as that is anything. */
  private WindowResults.Beside beside(long now, long windowStart) throws Exception {
    if (spec.value() == null || now < judgesFrom) {
      return WindowResults.Beside.NOTHING;
    }
    List<String> issues = new ArrayList<>();
    if (isStale(now)) {
      issues.add(
          newest.value() == null
              ? "stale: never came in %s, SLA %s"
                  .formatted(length(age(now)), length(spec.value().sla()))
              : "stale: %s, SLA %s".formatted(length(age(now)), length(spec.value().sla())));
    }
    if (tellsChange(windowStart)) {
      issues.addAll(List.of(change.value().split(BETWEEN_CHANGES, -1)));
      changeWindow.update(windowStart);
    }
    return new WindowResults.Beside(age(now) / 1000.0, issues);
  }

  /** Each change is told in the check of one window, in all its states. */
  private boolean tellsChange(long windowStart) throws Exception {
    return change.value() != null
        && (changeWindow.value() == null || changeWindow.value() == windowStart);
  }

  private static String length(long millis) {
    return Words.length(Duration.ofMillis(millis));
  }

  private long age(long now) throws Exception {
    Long last = newest.value();
    return Math.max(0, now - (last == null ? since.value() : last));
  }

  /** What the clock shows now, in the clock's window. */
  private void tell(
      String feature,
      TimerService timers,
      Consumer<FeatureCheck> checks,
      Collector<MetricPoint> out)
      throws Exception {
    long now = timers.currentProcessingTime();
    boolean isStale = isStale(now);
    stale.update(isStale);
    Instant computedAt = clock.now(timers);
    Window present = windowAt(now);
    WindowPoints points = new WindowPoints("", "", "", present, false, computedAt, out::collect);
    points.point("feature_staleness_seconds", feature, age(now) / 1000.0, 1);
    if (newest.value() != null) {
      points.point("feature_last_updated_timestamp_seconds", feature, newest.value() / 1000.0, 1);
    }
    Long sla = spec.value().sla();
    if (sla != null) {
      points.point("feature_freshness_sla_seconds", feature, sla / 1000.0, 1);
    }
    if (sla != null || tellsChange(present.start())) {
      checks.accept(check(feature, present, now, computedAt, timers, out));
    }
  }

  private FeatureCheck check(
      String feature,
      Window present,
      long now,
      Instant computedAt,
      TimerService timers,
      Collector<MetricPoint> out)
      throws Exception {
    Optional<FeatureWindows.Judged> judged = windows.judgedAt(present, timers);
    WindowResults.Beside beside = beside(now, present.start());
    if (judged.isPresent()) {
      FeatureBlock block = windows.at(present).orElseThrow();
      Pooled by = judged.get().of(feature);
      return results.check(block, feature, by, beside, false, computedAt, out::collect);
    }
    boolean healthy = beside.issues().isEmpty();
    new WindowPoints("", "", "", present, false, computedAt, out::collect)
        .point("feature_healthy", feature, healthy ? 1 : 0, 1);
    return new FeatureCheck(
        feature,
        spec.value().version(),
        null,
        null,
        "",
        present.startTime(),
        present.endTime(),
        beside.freshnessSeconds(),
        null,
        null,
        null,
        0,
        null,
        healthy,
        beside.issues(),
        computedAt);
  }
}
