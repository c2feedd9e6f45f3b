package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Prediction.Role;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The points of a state of a window. */
final class QualityResults {
  private QualityResults() {}

  /**
   * Makes the points of a window, and takes back those that the state before had and this one has
   * not.
   *
   * @param computedAt in epoch milliseconds
   * @return what is emitted now
   */
  static Emitted emit(
      QualityDelta window,
      Emitted before,
      boolean isFinal,
      long computedAt,
      Consumer<MetricPoint> out) {
    QualityKey key = window.key();
    WindowContent content = window.content();
    double coverage = (double) content.labelled() / content.predictions();
    Instant at = Instant.ofEpochMilli(computedAt);
    QualityPoints points =
        new QualityPoints(
            key,
            key.version(),
            labels(key.role() == Role.SHADOW, key.against()),
            coverage,
            isFinal,
            at,
            out);
    QualityPoints ofChampion =
        key.isPair()
            ? new QualityPoints(
                key, key.against(), labels(false, key.version()), coverage, isFinal, at, out)
            : null;
    say(window, points, ofChampion);
    return new Emitted(
        computedAt,
        points.withdrawAllOf(before.made()),
        ofChampion == null ? 0 : ofChampion.withdrawAllOf(before.ofChampion()));
  }

  private static Map<String, String> labels(boolean isShadow, String against) {
    Map<String, String> labels = new HashMap<>();
    if (isShadow) {
      labels.put("role", "shadow");
    }
    if (against != null) {
      labels.put("against", against);
    }
    return Map.copyOf(labels);
  }

  private static void say(QualityDelta window, QualityPoints points, QualityPoints ofChampion) {
    QualityKey key = window.key();
    WindowContent content = window.content();
    if (key.isOfOrphans()) {
      points.point(QualityMetric.ORPHANED, content.orphans(), content.orphans());
      return;
    }
    content.summed().say(points, ofChampion);
    if (!key.isPair()) {
      long predictions = content.predictions();
      points.point(QualityMetric.COVERAGE, (double) content.labelled() / predictions, predictions);
      points.point(QualityMetric.CORRECTED, content.corrections(), content.labelled());
      points.point(QualityMetric.EXPIRED, content.expired(), predictions);
    }
  }
}
