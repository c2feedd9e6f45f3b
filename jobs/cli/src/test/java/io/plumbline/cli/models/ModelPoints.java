package io.plumbline.cli.models;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Points of the job online-metrics, of windows that follow each other. */
public final class ModelPoints {
  static final Instant START = Instant.parse("2026-11-26T10:00:00Z");

  private final Instant start;
  private final String model;
  private final String version;
  private final Map<String, String> labels;
  private final Duration window;

  /**
   * @param start of the window with the number 0
   */
  public ModelPoints(
      Instant start, String model, String version, Map<String, String> labels, Duration window) {
    this.start = start;
    this.model = model;
    this.version = version;
    this.labels = labels;
    this.window = window;
  }

  /** Of windows of an hour, without labels. */
  static ModelPoints hours(String model, String version) {
    return new ModelPoints(START, model, version, Map.of(), Duration.ofHours(1));
  }

  /** The same in windows of a minute, of which the first begins as late. */
  ModelPoints minutes() {
    return new ModelPoints(start, model, version, labels, Duration.ofMinutes(1));
  }

  ModelPoints with(Map<String, String> otherLabels) {
    return new ModelPoints(start, model, version, otherLabels, window);
  }

  /** Of 100 rows of which 60 % have a label, computed 5 s after the window's end. */
  public MetricPoint point(String metric, int number, Double value) {
    return point(metric, number, value, 5, "");
  }

  MetricPoint point(String metric, int number, Double value, long delaySeconds, String segment) {
    Instant from = start.plus(window.multipliedBy(number));
    Instant to = from.plus(window);
    return new MetricPoint(
        new Series(metric, "online-metrics", model, version, "", segment, window, labels).text(),
        metric,
        value,
        100,
        from,
        to,
        model,
        version,
        "",
        segment,
        "online-metrics",
        "model",
        labels,
        0.25,
        metric.startsWith("prediction") ? null : 0.6,
        false,
        to.plusSeconds(delaySeconds));
  }
}
