package io.plumbline.runtime.gauge;

import io.plumbline.events.MetricPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The worst series of all whose points were offered, at most so many. */
final class WorstSeries {
  /**
   * Without a new point for so long, or for the length of its window, a series is none of today's
   * troubles.
   */
  private static final long FORGOTTEN_MILLIS = 600_000;

  private final int most;
  private final Map<String, Shown> shown = new HashMap<>();
  private final TreeSet<Shown> worstFirst =
      new TreeSet<>(
          Comparator.comparingDouble((Shown one) -> -one.badness)
              .thenComparing(one -> one.point.series()));
  private long swept;

  /** A series that is shown, by its newest point. */
  private record Shown(MetricPoint point, double badness, long at) {}

  WorstSeries(int most) {
    this.most = most;
  }

  /**
   * Takes a point in.
   *
   * @param now epoch milliseconds
   * @return the series that are shown no longer
   */
  List<String> offer(MetricPoint point, double badness, long now) {
    List<String> gone = new ArrayList<>();
    Shown before = shown.get(point.series());
    if (before != null && before.point.windowStart().isAfter(point.windowStart())) {
      return gone;
    }
    remove(before);
    if (point.value() != null && badness >= 0 && most > 0) {
      Shown one = new Shown(point, badness, now);
      shown.put(point.series(), one);
      worstFirst.add(one);
    } else if (before != null) {
      gone.add(point.series());
    }
    if (worstFirst.size() > most) {
      Shown best = worstFirst.last();
      remove(best);
      gone.add(best.point.series());
    }
    sweep(now, gone);
    return gone;
  }

  private void remove(Shown one) {
    if (one != null) {
      shown.remove(one.point.series());
      worstFirst.remove(one);
    }
  }

  private void sweep(long now, List<String> gone) {
    if (now - swept < FORGOTTEN_MILLIS / 10) {
      return;
    }
    swept = now;
    for (Shown one : List.copyOf(worstFirst)) {
      if (now - one.at >= Math.max(FORGOTTEN_MILLIS, window(one.point).toMillis())) {
        remove(one);
        gone.add(one.point.series());
      }
    }
  }

  /** The length of a point's window. */
  static Duration window(MetricPoint point) {
    return Duration.between(point.windowStart(), point.windowEnd());
  }

  boolean isShown(String series) {
    return shown.containsKey(series);
  }

  /** Of a series that is shown. */
  double value(String series) {
    Shown one = shown.get(series);
    return one == null ? Double.NaN : one.point.value();
  }
}
