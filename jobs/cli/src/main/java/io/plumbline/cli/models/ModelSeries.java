package io.plumbline.cli.models;

import io.plumbline.events.MetricPoint;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a point is a point of.
 *
 * @param labels beside the role, by name
 * @param window the length of its windows
 */
record ModelSeries(
    ServedVersion served, String metric, TreeMap<String, String> labels, Duration window)
    implements Comparable<ModelSeries> {
  private static final Comparator<ModelSeries> ORDER =
      Comparator.comparing(ModelSeries::served)
          .thenComparing(ModelSeries::metric)
          .thenComparing(series -> series.labels.toString())
          .thenComparing(ModelSeries::window);

  static ModelSeries of(MetricPoint point) {
    TreeMap<String, String> labels =
        new TreeMap<>(point.labels() == null ? Map.of() : point.labels());
    labels.remove(ServedVersion.ROLE);
    return new ModelSeries(
        ServedVersion.of(point),
        point.metric(),
        labels,
        Duration.between(point.windowStart(), point.windowEnd()));
  }

  boolean is(String name, Map<String, String> with) {
    return metric.equals(name) && labels.equals(with);
  }

  @Override
  public int compareTo(ModelSeries other) {
    return ORDER.compare(this, other);
  }
}
