package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * How a feature was at last in one place, of what was not withdrawn. A window may be checked while
 * it is open, since a feature goes stale by the clock: that check knows its age, but few of its
 * values or none, and must not hide what was wrong with those of the last window that was over.
 *
 * @param latest of the latest window
 * @param over of the latest window that was over when it was checked; null: there is none
 */
record LastState(FeatureCheck latest, FeatureCheck over) {
  /** Who is silent no longer than this is checked. */
  private static final Duration LEAST = Duration.ofMinutes(15);

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

  /** Whether there is a check: both may have been withdrawn. */
  boolean isPresent() {
    return stands(latest) || stands(over);
  }

  private static boolean stands(FeatureCheck check) {
    return check != null && !check.withdrawn();
  }

  private FeatureCheck newest() {
    return stands(latest) ? latest : over;
  }

  private FeatureCheck values() {
    return stands(over) ? over : latest;
  }

  boolean isHealthy() {
    return newest().isHealthy() && values().isHealthy();
  }

  /**
   * The check that decides how the feature is: the latest if that is unhealthy, else that of the
   * values. Of an open window that is healthy there is only to say that it has few rows so far.
   */
  FeatureCheck deciding() {
    return newest().isHealthy() ? values() : newest();
  }

  /** By the latest check, as ages go by the clock. Null: not known. */
  Double freshnessSeconds() {
    return newest().freshnessSeconds();
  }

  /** When it was checked last. */
  Instant checkedAt() {
    return newest().computedAt();
  }

  /** Whether it is still checked, while the newest check of all is of this time. */
  boolean isChecked(Instant newest) {
    Duration windows =
        Duration.between(newest().windowStart(), newest().windowEnd()).multipliedBy(3);
    Duration most = windows.compareTo(LEAST) > 0 ? windows : LEAST;
    return !checkedAt().plus(most).isBefore(newest);
  }
}
