package io.plumbline.onlinemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Topic;
import io.plumbline.testing.JobSavepointIT;
import io.plumbline.testing.TestTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A restored job knows predictions by their ids, a label that waits for its prediction, and the
 * windows that were open: none of what it had comes again.
 */
class SavepointIT extends JobSavepointIT {
  private static final int PREDICTIONS = 8;
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

  /** In the window of the prediction whose label comes first. */
  private static final Instant LATER = START.plus(Duration.ofMinutes(5));

  private static final Instant END = START.plus(Duration.ofMinutes(8));

  SavepointIT() {
    super(
        "online-metrics",
        OnlineMetricsJob::define,
        """
        ingest: {out_of_orderness: 1s, idle_after: 1s}
        models:
          - name: credit
            task: binary
            windows: [1m]
            health_windows: [1m, 1h]
            versions: [{version: v1}, {version: v2, role: shadow}]
        """);
  }

  @Override
  protected boolean isFilled(TestTopics topics) {
    List<String> predictions = new ArrayList<>();
    for (int i = 0; i < PREDICTIONS; i++) {
      Instant ts = START.plusSeconds(i);
      predictions.add(Traffic.prediction("p" + i, Traffic.CHAMPION, ts, i / 8.0));
      predictions.add(Traffic.prediction("p" + i, Traffic.SHADOW, ts, 1 - i / 8.0));
    }
    Traffic.send(topics, Topic.PREDICTIONS, predictions);
    Traffic.goOnTo(topics, LATER, "true");
    Traffic.send(
        topics, Topic.LABELS, List.of(Traffic.label("early", LATER.plusSeconds(30), "true")));
    return has(
            topics,
            "label_coverage_ratio",
            Traffic.CHAMPION,
            point -> isOf(point, START, 0, PREDICTIONS))
        && has(
            topics,
            "shadow_disagreement_ratio",
            Traffic.SHADOW,
            point -> isOf(point, START, 7.0 / PREDICTIONS, PREDICTIONS))
        && has(topics, "model_silence_seconds", Traffic.SHADOW, point -> true);
  }

  @Override
  protected boolean isRestored(TestTopics topics) {
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < PREDICTIONS; i++) {
      labels.add(Traffic.label("p" + i, LATER, Boolean.toString(i >= PREDICTIONS / 2)));
    }
    Traffic.send(topics, Topic.LABELS, labels);
    Traffic.send(
        topics,
        Topic.PREDICTIONS,
        List.of(Traffic.prediction("early", Traffic.CHAMPION, LATER.plusSeconds(1), 0.75)));
    Traffic.goOnTo(topics, END, "true");
    return has(topics, "accuracy", Traffic.CHAMPION, point -> isOf(point, START, 1, PREDICTIONS))
        // The shadow says the contrary, but in the middle, where both are right.
        && has(
            topics,
            "accuracy",
            Traffic.SHADOW,
            point -> isOf(point, START, 1.0 / PREDICTIONS, PREDICTIONS))
        && has(topics, "accuracy", Traffic.CHAMPION, point -> isOf(point, LATER, 1, 5))
        && has(topics, "prediction_rows", Traffic.CHAMPION, point -> isOf(point, LATER, 5, 5));
  }

  private static boolean has(
      TestTopics topics, String metric, String version, Predicate<JsonNode> which) {
    return topics.read(Topic.METRICS).stream()
        .filter(point -> point.path("metric").asText().equals(metric))
        .filter(point -> point.path("model_version").asText().equals(version))
        .anyMatch(which);
  }

  private static boolean isOf(JsonNode point, Instant window, double value, long count) {
    return Instant.parse(point.path("window_start").asText()).equals(window)
        && point.path("value").asDouble() == value
        && point.path("count").asLong() == count;
  }
}
