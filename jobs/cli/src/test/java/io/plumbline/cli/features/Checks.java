package io.plumbline.cli.features;

import io.plumbline.events.FeatureCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks of windows of a minute. */
final class Checks {
  static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

  private Checks() {}

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }

  /** Made 5 s after the window's end, of 100 rows; healthy without issues. */
  static FeatureCheck closed(Place place, int minute, Double nullRatio, String... issues) {
    return check(place, minute, 60L * minute + 65, null, nullRatio, 100, issues);
  }

  /** Made by the clock when a window begins, before there are values. */
  static FeatureCheck byClock(String feature, int minute, double age, String... issues) {
    return check(Place.ofFeature(feature), minute, 60L * minute, age, null, 0, issues);
  }

  /** Healthy, of a window that begins with the others. */
  static FeatureCheck lasting(Place place, Duration window, Instant computedAt) {
    return new FeatureCheck(
        place.feature(),
        null,
        null,
        null,
        "",
        START,
        START.plus(window),
        null,
        0.0,
        null,
        null,
        100,
        null,
        true,
        List.of(),
        false,
        computedAt);
  }

  static FeatureCheck check(
      Place place,
      int minute,
      long computedAt,
      Double age,
      Double nullRatio,
      long rows,
      String... issues) {
    return new FeatureCheck(
        place.feature(),
        null,
        place.model().isEmpty() ? null : place.model(),
        place.modelVersion().isEmpty() ? null : place.modelVersion(),
        place.segment(),
        at(60L * minute),
        at(60L * minute + 60),
        age,
        nullRatio,
        null,
        null,
        rows,
        null,
        issues.length == 0 || issues[0].startsWith("insufficient"),
        List.of(issues),
        false,
        at(computedAt));
  }
}
