package io.plumbline.cli.models;

import io.plumbline.events.MetricPoint;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The last windows of every series of models, in all of their traffic, in any order. */
final class LastPoints {
  private static final String JOB = "online-metrics";

  /** How a series of the job begins behind its metric. */
  private static final String OF_JOB = "{job=\"" + JOB + "\"";

  /** In a series' text names are escaped, so that none contains it. */
  private static final String SEGMENT = ",segment=\"";

  private final Map<ModelSeries, LastWindows> series = new HashMap<>();

  /** Null: there is none. */
  private Instant newest;

  /**
   * Whether a record may be a point that counts here: most are not, and cost nothing more.
   *
   * @param key the text of its series; null: not known
   */
  static boolean mayTake(byte[] key) {
    if (key == null) {
      return true;
    }
    String text = new String(key, StandardCharsets.UTF_8);
    return text.contains(OF_JOB) && !text.contains(SEGMENT);
  }

  /** Adds a point, if it is of a model in all of its traffic. */
  void add(MetricPoint point) {
    if (!point.job().equals(JOB)
        || isNamed(point.segment())
        || !isNamed(point.model())
        || !point.windowStart().isBefore(point.windowEnd())) {
      return;
    }
    if (newest == null || point.computedAt().isAfter(newest)) {
      newest = point.computedAt();
    }
    series.computeIfAbsent(ModelSeries.of(point), one -> new LastWindows()).add(point);
  }

  private static boolean isNamed(String text) {
    return text != null && !text.isEmpty();
  }

  /** When the newest point of all was computed; empty: there is none. */
  Optional<Instant> newest() {
    return Optional.ofNullable(newest);
  }

  /** All series; some may have been withdrawn. */
  Map<ModelSeries, LastWindows> all() {
    return Collections.unmodifiableMap(series);
  }
}
