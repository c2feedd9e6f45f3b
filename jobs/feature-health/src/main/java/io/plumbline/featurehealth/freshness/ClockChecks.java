package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureCheck;
import io.plumbline.events.MetricPoint;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.featurehealth.window.FeatureWindows;
import io.plumbline.featurehealth.window.WindowPoints;
import io.plumbline.featurehealth.window.WindowResults;
import io.plumbline.featurehealth.window.WindowSettings;
import io.plumbline.runtime.window.ResultClock;
import io.plumbline.runtime.window.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

/**
 * The points and the check of a feature in the window in which the machine's clock stands. If that
 * window's values have been emitted already, the check has them too.
 */
final class ClockChecks {
  private static final String STALENESS = "feature_staleness_seconds";
  private static final String LAST_UPDATED = "feature_last_updated_timestamp_seconds";
  private static final String SLA = "feature_freshness_sla_seconds";
  private static final String HEALTHY = "feature_healthy";

  private final WindowSettings settings;
  private final Freshness freshness;
  private final RegistryChanges changes;
  private final FeatureWindows windows;
  private final ResultClock clock;
  private final WindowResults results;

  /** The window whose points were emitted last. */
  private final ValueState<Window> emitted;

  /** The window whose check was emitted last. */
  private final ValueState<Window> checked;

  private final ValueState<Boolean> stale;

  /** Where the results go. */
  record Outputs(Consumer<MetricPoint> points, Consumer<FeatureCheck> checks) {}

  ClockChecks(
      RuntimeContext context,
      WindowSettings settings,
      Freshness freshness,
      RegistryChanges changes,
      FeatureWindows windows,
      ResultClock clock) {
    this.settings = settings;
    this.freshness = freshness;
    this.changes = changes;
    this.windows = windows;
    this.clock = clock;
    results = new WindowResults(settings.minRows());
    emitted = context.getState(new ValueStateDescriptor<>("clock-window", Window.TYPE));
    checked = context.getState(new ValueStateDescriptor<>("clock-check-window", Window.TYPE));
    stale = context.getState(new ValueStateDescriptor<>("stale", Types.BOOLEAN));
  }

  /** The window in which a time is. */
  Window windowAt(long time) {
    return Window.at(time, settings.length().toMillis());
  }

  /** Whether the feature was stale when its check was last emitted. */
  boolean wasStale() throws Exception {
    return Boolean.TRUE.equals(stale.value());
  }

  /** What the clock says of a registered feature beside the values of a window. */
  WindowResults.Beside beside(FeatureSpec spec, Window window, long now) throws Exception {
    List<String> issues = new ArrayList<>();
    freshness.issue(now, spec.sla()).ifPresent(issues::add);
    issues.addAll(changes.issuesOf(window));
    return new WindowResults.Beside(freshness.age(now) / 1000.0, issues);
  }

  /** Emits how the feature is now. */
  void emit(String feature, FeatureSpec spec, TimerService timers, Outputs out) throws Exception {
    long now = timers.currentProcessingTime();
    Window present = windowAt(now);
    Long sla = spec.sla();
    stale.update(freshness.isStale(now, sla));
    Instant computedAt = clock.now(timers);
    WindowPoints points = points(present, computedAt, out);
    points.point(STALENESS, feature, freshness.age(now) / 1000.0, 1);
    if (freshness.newest() != null) {
      points.point(LAST_UPDATED, feature, freshness.newest() / 1000.0, 1);
    }
    if (sla != null) {
      points.point(SLA, feature, sla / 1000.0, 1);
    } else if (present.equals(checked.value())) {
      points.withdraw(SLA, feature);
    }
    emitted.update(present);
    if (sla != null || changes.belongTo(present)) {
      check(feature, spec, present, computedAt, timers, out);
      checked.update(present);
    } else if (present.equals(checked.value())) {
      withdrawCheck(feature, present, computedAt, timers, out);
    }
  }

  private static WindowPoints points(Window window, Instant computedAt, Outputs out) {
    return new WindowPoints("", "", "", window, false, computedAt, out.points());
  }

  private void check(
      String feature,
      FeatureSpec spec,
      Window present,
      Instant computedAt,
      TimerService timers,
      Outputs out)
      throws Exception {
    WindowResults.Beside beside = beside(spec, present, timers.currentProcessingTime());
    if (checkOfValues(feature, present, beside, computedAt, timers, out)) {
      return;
    }
    boolean healthy = beside.issues().isEmpty();
    points(present, computedAt, out).point(HEALTHY, feature, healthy ? 1 : 0, 1);
    out.checks()
        .accept(
            new FeatureCheck(
                feature,
                spec.version(),
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
                false,
                computedAt));
  }

  /**
   * Emits the check of a window's values, if these have been emitted.
   *
   * @return whether they have
   */
  private boolean checkOfValues(
      String feature,
      Window window,
      WindowResults.Beside beside,
      Instant computedAt,
      TimerService timers,
      Outputs out)
      throws Exception {
    Optional<FeatureWindows.Judged> judged = windows.judgedAt(window, timers);
    if (judged.isEmpty()) {
      return false;
    }
    FeatureBlock block = windows.at(window).orElseThrow();
    out.checks()
        .accept(
            results.check(
                block, feature, judged.get().of(feature), beside, false, computedAt, out.points()));
    return true;
  }

  /** Whether anything was emitted in the window in which the clock stands. */
  boolean hasEmittedIn(Window present) throws Exception {
    return present.equals(emitted.value());
  }

  /**
   * Takes back what was emitted of a feature in the present window, which is not registered any
   * more. What past windows say of it stays: it was so.
   */
  void withdraw(String feature, TimerService timers, Outputs out) throws Exception {
    Window present = windowAt(timers.currentProcessingTime());
    if (hasEmittedIn(present)) {
      Instant computedAt = clock.now(timers);
      WindowPoints points = points(present, computedAt, out);
      points.withdraw(STALENESS, feature);
      points.withdraw(LAST_UPDATED, feature);
      points.withdraw(SLA, feature);
      if (present.equals(checked.value())) {
        withdrawCheck(feature, present, computedAt, timers, out);
      }
    }
    emitted.clear();
    checked.clear();
    stale.clear();
  }

  /** Leaves the check of the window's values, if there are any. */
  private void withdrawCheck(
      String feature, Window present, Instant computedAt, TimerService timers, Outputs out)
      throws Exception {
    checked.clear();
    if (!checkOfValues(feature, present, WindowResults.Beside.NOTHING, computedAt, timers, out)) {
      points(present, computedAt, out).withdraw(HEALTHY, feature);
      out.checks()
          .accept(
              FeatureCheck.withdrawn(feature, present.startTime(), present.endTime(), computedAt));
    }
  }
}
