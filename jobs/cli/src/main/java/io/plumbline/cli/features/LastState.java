package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How a feature was at last in one place. A window may be checked while it is open, since a feature
 * goes stale by the clock: that check knows its age, but few of its values or none, and must not
 * hide what was wrong with those of the last window that was over.
 *
 * @param latest of the latest window
 * @param over of the latest window that was over when it was checked; null: there is none
 */
record LastState(FeatureCheck latest, FeatureCheck over) {
  private static final Comparator<FeatureCheck> TIME =
      Comparator.comparing(FeatureCheck::windowStart).thenComparing(FeatureCheck::computedAt);

  static LastState of(FeatureCheck check) {
    return new LastState(check, isOver(check) ? check : null);
  }

  /** The state after one more check. Equal times are two copies of one: the second counts. */
  LastState with(FeatureCheck check) {
    return new LastState(later(latest, check), isOver(check) ? later(over, check) : over);
  }

  private static boolean isOver(FeatureCheck check) {
    return !check.computedAt().isBefore(check.windowEnd());
  }

  private static FeatureCheck later(FeatureCheck before, FeatureCheck now) {
    return before == null || TIME.compare(now, before) >= 0 ? now : before;
  }

  private FeatureCheck values() {
    return over == null ? latest : over;
  }

  boolean isHealthy() {
    return latest.isHealthy() && values().isHealthy();
  }

  /** Null: not known. */
  Double freshnessSeconds() {
    return latest.freshnessSeconds();
  }

  /** Null: there was no row. */
  Double nullRatio() {
    return values().nullRatio();
  }

  long rows() {
    return values().rows();
  }

  List<String> issues() {
    Set<String> issues = new LinkedHashSet<>();
    if (!latest.isHealthy()) {
      issues.addAll(latest.issues());
    }
    // Of an open window that is healthy there is only to say that it has too few rows so far.
    issues.addAll(values().issues());
    return List.copyOf(issues);
  }

  Instant windowStart() {
    return latest.windowStart();
  }

  Instant computedAt() {
    return latest.computedAt();
  }
}
