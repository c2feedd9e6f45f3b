package io.plumbline.onlinemetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The job on a real broker: it is stopped while labels are on their way, and goes on. */
class OnlineMetricsIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final int PREDICTIONS = 40;
  private static final int LABELLED_AT_FIRST = 20;
  private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
  private static final Instant WINDOW_OVER = START.plus(Duration.ofMinutes(2));
  private static final Instant HORIZON_OVER = START.plus(Duration.ofHours(2));

  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 1s, idle_after: 1s, allowed_lateness: 5m}
      models:
        - name: credit
          task: binary
          positive: default
          negative: paid
          label_horizon: 10m
          windows: [1m]
          health_windows: [1m]
          versions: [{version: v1}, {version: v2, role: shadow}, {version: v0, role: retired}]
        - {name: mute, label_horizon: 10m, max_silence: 2s, versions: [{version: v1}]}
        - {name: old, label_horizon: 10m, max_silence: 2s, versions: [{version: v1, role: retired}]}
      """;

  @TempDir Path folder;

  /** By version with its labels and metric, of the window in which all predictions are. */
  private final Map<String, JsonNode> last = new HashMap<>();

  private JobClient start(TestTopics topics, String savepoint) throws Exception {
    Configuration options = new Configuration(StreamingJob.strict());
    options.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    options.setString(CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), "1 s");
    options.set(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY,
        folder.resolve("checkpoints").toUri().toString());
    if (savepoint != null) {
      options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2, options);
    OnlineMetricsJob.define(env, ConfigLoader.load(topics.writeConfig("at_least_once", CONFIG)));
    return env.executeAsync("online-metrics");
  }

  @Test
  void labelsThatComeAfterAStopCountAsIfThereHadBeenNone() throws Exception {
    TestTopics topics = KAFKA.topics();
    JobClient job = start(topics, null);
    Traffic.send(
        topics, Topic.LABELS, 2, START, Traffic.label("nobody", START.plusSeconds(9), "\"paid\""));
    Traffic.send(topics, Topic.LABELS, 3, START, label(39, 1, "\"perhaps\""));
    sendPredictions(topics);
    sendLabels(topics, 0, LABELLED_AT_FIRST);
    // A wrong one, which is corrected after the stop.
    Traffic.send(topics, Topic.LABELS, List.of(label(30, 100, "\"paid\"")));
    goOnTo(topics, WINDOW_OVER);
    TestCluster.await(
        "the labels so far", () -> count(topics, "v1 accuracy") == LABELLED_AT_FIRST + 1);
    assertThat(value("v1 true_positives") + value("v1 true_negatives"))
        .isEqualTo(LABELLED_AT_FIRST);
    assertThat(value("v1 labels_corrected")).isZero();
    assertThat(last.get("v1 accuracy").path("coverage").asDouble())
        .isCloseTo((LABELLED_AT_FIRST + 1.0) / PREDICTIONS, within(1e-12));
    TestCluster.await("the refused label", () -> !topics.read(Topic.DEAD_LETTERS).isEmpty());
    TestCluster.await(
        "a model that never spoke",
        () ->
            topics.read(Topic.METRICS).stream()
                .filter(point -> point.path("metric").asText().equals("model_silence_seconds"))
                .filter(point -> point.path("model").asText().equals("mute"))
                .anyMatch(point -> point.path("value").asDouble() >= 2));

    String savepoint =
        job.stopWithSavepoint(
                false,
                folder.resolve("savepoints").toUri().toString(),
                SavepointFormatType.CANONICAL)
            .get();
    sendLabels(topics, LABELLED_AT_FIRST, PREDICTIONS - 1);
    job = start(topics, savepoint);
    try {
      // Both again: duplicates count nowhere.
      sendPredictions(topics);
      sendLabels(topics, 0, LABELLED_AT_FIRST);
      TestCluster.await("all labels", () -> count(topics, "v1 accuracy") == PREDICTIONS - 1);
      goOnTo(topics, HORIZON_OVER);
      TestCluster.await("the orphan", () -> topics.read(Topic.DEAD_LETTERS).size() >= 2);
      TestCluster.await(
          "final states",
          () -> {
            count(topics, "v1 accuracy");
            return last.containsKey(" labels_orphaned")
                && last.values().stream().allMatch(point -> point.path("final").asBoolean());
          });
    } finally {
      job.cancel().get();
    }
    assertLastStates();
    assertDeadLetters(topics);
    assertThat(topics.read(Topic.METRICS))
        .filteredOn(point -> point.path("model").asText().equals("old"))
        .as("points of a model that is retired")
        .isEmpty();
  }

  private void assertLastStates() {
    // The champion is right but about the one whose label is none.
    assertThat(value("v1 true_positives")).isEqualTo(19);
    assertThat(value("v1 true_negatives")).isEqualTo(20);
    assertThat(value("v1 false_positives")).isZero();
    assertThat(value("v1 false_negatives")).isZero();
    assertThat(value("v1 roc_auc")).isEqualTo(1);
    assertThat(value("v1 labels_corrected")).isEqualTo(1);
    assertThat(value("v1 labels_expired")).isZero();
    assertThat(value("v1 label_coverage_ratio")).isEqualTo((PREDICTIONS - 1.0) / PREDICTIONS);
    assertThat(value("v1 prediction_rows")).isEqualTo(PREDICTIONS);
    // The shadow says the contrary but at one half, where both say yes.
    assertThat(value("v2 role=shadow true_positives")).isEqualTo(1);
    assertThat(value("v2 role=shadow false_positives")).isEqualTo(20);
    assertThat(value("v2 role=shadow false_negatives")).isEqualTo(18);
    assertThat(value("v2 role=shadow prediction_rows")).isEqualTo(PREDICTIONS);
    String pairs = "v2 against=v1 role=shadow ";
    assertThat(value(pairs + "shadow_disagreement_ratio"))
        .isEqualTo((PREDICTIONS - 1.0) / PREDICTIONS);
    assertThat(value(pairs + "shadow_rank_correlation")).isCloseTo(-1, within(1e-12));
    assertThat(value("v1 against=v2 accuracy")).isEqualTo(1);
    assertThat(last.get("v1 against=v2 accuracy").path("count").asInt()).isEqualTo(PREDICTIONS - 1);
    // All 38 that differ do so in favour of the champion.
    assertThat(value("v2 against=v1 role=shadow test=mcnemar shadow_p_value"))
        .isCloseTo(7.074463e-10, within(1e-15));
    assertThat(value(" labels_orphaned")).isEqualTo(1);
  }

  private void assertDeadLetters(TestTopics topics) {
    List<JsonNode> letters = topics.read(Topic.DEAD_LETTERS);
    assertThat(letters).hasSize(2);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.path("topic").asText())
                  .isEqualTo(topics.config().name(Topic.LABELS));
              assertThat(letter.path("offset").asLong()).isZero();
            })
        .anySatisfy(
            letter -> {
              assertThat(letter.path("reason").asText()).startsWith("orphan: ");
              assertThat(letter.path("partition").asInt()).isEqualTo(2);
              assertThat(bytes(letter)).contains("\"nobody\"");
            })
        .anySatisfy(
            letter -> {
              assertThat(letter.path("reason").asText())
                  .isEqualTo(
                      "expected one of its two classes as label of model credit, found \"perhaps\"");
              assertThat(letter.path("partition").asInt()).isEqualTo(3);
              assertThat(bytes(letter)).contains("\"p39\"");
            });
  }

  private static String bytes(JsonNode letter) {
    return new String(
        Base64.getDecoder().decode(letter.path("bytes").asText()), StandardCharsets.UTF_8);
  }

  private static void sendPredictions(TestTopics topics) {
    List<String> predictions = new ArrayList<>();
    for (int i = 0; i < PREDICTIONS; i++) {
      Instant ts = START.plusSeconds(i);
      double score = (double) i / PREDICTIONS;
      predictions.add(Traffic.prediction("p" + i, Traffic.CHAMPION, ts, score));
      predictions.add(Traffic.prediction("p" + i, Traffic.SHADOW, ts, 1 - score));
    }
    Traffic.send(topics, Topic.PREDICTIONS, predictions);
  }

  private static void sendLabels(TestTopics topics, int from, int to) {
    List<String> labels = new ArrayList<>();
    for (int i = from; i < to; i++) {
      labels.add(label(i, 120, i >= PREDICTIONS / 2 ? "\"default\"" : "\"paid\""));
    }
    Traffic.send(topics, Topic.LABELS, labels);
  }

  private static String label(int i, int seconds, String label) {
    return Traffic.label("p" + i, START.plusSeconds(i + seconds), label);
  }

  private static void goOnTo(TestTopics topics, Instant time) {
    Traffic.goOnTo(topics, time, "\"default\"");
  }

  /** Reads all last states, and how many events are behind one of them. */
  private long count(TestTopics topics, String name) {
    last.clear();
    for (JsonNode point : topics.read(Topic.METRICS)) {
      if (Instant.parse(point.path("window_start").asText()).equals(START)) {
        last.merge(
            name(point), point, (one, two) -> computedAt(one).isAfter(computedAt(two)) ? one : two);
      }
    }
    JsonNode point = last.get(name);
    return point == null ? 0 : point.path("count").asLong();
  }

  private static Instant computedAt(JsonNode point) {
    return Instant.parse(point.path("computed_at").asText());
  }

  private static String name(JsonNode point) {
    StringBuilder name = new StringBuilder(point.path("model_version").asText());
    for (String label : List.of("against", "quantile", "role", "test")) {
      String value = point.path("labels").path(label).asText();
      if (!value.isEmpty()) {
        name.append(' ').append(label).append('=').append(value);
      }
    }
    return name.append(' ').append(point.path("metric").asText()).toString();
  }

  private double value(String name) {
    assertThat(last).containsKey(name);
    return last.get(name).path("value").asDouble();
  }
}
