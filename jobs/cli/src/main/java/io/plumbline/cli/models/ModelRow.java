package io.plumbline.cli.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.plumbline.events.EventJson;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is told of a model's version, or of one of its metrics. What is not known is null.
 *
 * @param role {@code champion} or {@code shadow}
 * @param silenceSeconds since its newest prediction, as last measured
 * @param rows predictions of the latest of its shortest windows, as the error ratio
 * @param labels of the metric, beside its role
 * @param window length of the metric's windows, as the config writes it
 * @param windowStart of the metric's latest window, whose value it is
 * @param trend the metric's values in the windows until then; null where there is none
 */
record ModelRow(
    String model,
    String modelVersion,
    String role,
    ModelState state,
    Double silenceSeconds,
    Long rows,
    Double errorRatio,
    String metric,
    Map<String, String> labels,
    String window,
    Double value,
    Double bound,
    Long count,
    Double coverage,
    Instant windowStart,
    Instant windowEnd,
    @JsonProperty("final") Boolean isFinal,
    Instant computedAt,
    List<Double> trend) {

  /** What is known of a version beside its metrics. */
  record Served(
      ServedVersion version,
      ModelState state,
      Double silenceSeconds,
      Long rows,
      Double errorRatio) {

    private String role() {
      return version.role().isEmpty() ? "champion" : version.role();
    }

    /** The row of one of its metrics. */
    ModelRow with(ModelSeries series, LastWindows windows) {
      MetricPoint latest = windows.latest().orElseThrow();
      return new ModelRow(
          version.model(),
          version.version(),
          role(),
          state,
          silenceSeconds,
          rows,
          errorRatio,
          series.metric(),
          series.labels(),
          Series.length(series.window()),
          latest.value(),
          latest.bound(),
          latest.count(),
          latest.coverage(),
          latest.windowStart(),
          latest.windowEnd(),
          latest.isFinal(),
          latest.computedAt(),
          windows.trend());
    }

    /** The row of a version without a metric. */
    ModelRow withoutMetric() {
      return new ModelRow(
          version.model(),
          version.version(),
          role(),
          state,
          silenceSeconds,
          rows,
          errorRatio,
          null,
          Map.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          List.of());
    }
  }

  /** What the row is about. */
  List<Object> place() {
    return List.of(
        model, modelVersion, role, metric == null ? "" : metric, labels, String.valueOf(window));
  }

  /** The metric with its labels; null: there is none. */
  String name() {
    return metric == null || labels.isEmpty() ? metric : metric + labels;
  }

  /** As an object on one line, for machines. */
  String json() {
    return EventJson.mapper().valueToTree(this).toString();
  }
}
