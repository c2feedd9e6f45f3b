package io.plumbline.cli.models;

import io.plumbline.events.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The last states of the last windows of one series. */
final class LastWindows {
  /** So many windows make a trend. */
  static final int MOST = 12;

  private final TreeMap<Instant, MetricPoint> byStart = new TreeMap<>();

  /** Adds a state. Equal times are two copies of one: the second counts. */
  void add(MetricPoint point) {
    byStart.merge(
        point.windowStart(),
        point,
        (before, now) -> now.computedAt().isBefore(before.computedAt()) ? before : now);
    // Withdrawn windows count too: what they had must not come back.
    byStart.headMap(oldest(byStart.lastEntry().getValue()), false).clear();
  }

  /** The start of the oldest window of the trend that ends with this one. */
  private static Instant oldest(MetricPoint newest) {
    return newest.windowStart().minus(length(newest).multipliedBy(MOST - 1));
  }

  private static Duration length(MetricPoint point) {
    return Duration.between(point.windowStart(), point.windowEnd());
  }

  /** Of the latest window that has one; empty: all were withdrawn. */
  Optional<MetricPoint> latest() {
    return byStart.descendingMap().values().stream()
        .filter(point -> point.value() != null)
        .findFirst();
  }

  /** The values until the latest, one for each window; null where it has none. */
  List<Double> trend() {
    List<Double> values = new ArrayList<>();
    latest()
        .ifPresent(
            latest -> {
              Instant first = byStart.firstKey();
              Duration length = length(latest);
              for (Instant at = first; !at.isAfter(latest.windowStart()); at = at.plus(length)) {
                MetricPoint point = byStart.get(at);
                values.add(point == null ? null : point.value());
              }
            });
    return values;
  }
}
