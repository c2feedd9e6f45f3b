package io.plumbline.onlinemetrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Topic;
import io.plumbline.testing.Feed;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestCluster.Victim;
import io.plumbline.testing.TestTopics;
import io.plumbline.testing.TopicReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes of a cluster die while predictions and labels come, and once more while windows become
 * final: the last state of each window is that of the input, with each prediction, label and
 * correction once.
 */
class OnlineMetricsKillIT {
  private static final String JOB = "online-metrics";
  private static final long WINDOW = 2000;
  private static final long HORIZON = 60_000;
  private static final int PER_STEP = 6;
  private static final int MOST_WAITING = 20;

  /** A busy machine takes seconds to read on after a crash: what is idle by then comes too late. */
  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 500ms, idle_after: 10s, allowed_lateness: 60s}
      models:
        - name: credit
          task: binary
          label_horizon: 60s
          windows: [2s]
          health_windows: [2s]
          versions: [{version: v1}, {version: v2, role: shadow}]
      """;

  /** What the last states of a window have to be. */
  private static final class Expected {
    private long predictions;
    private long truePositives;
    private long falsePositives;
    private long trueNegatives;
    private long falseNegatives;
    private long corrections;

    private Map<String, Long> values() {
      Map<String, Long> values = new TreeMap<>();
      values.put("prediction_rows", predictions);
      values.put("label_coverage_ratio", predictions);
      values.put("labels_corrected", corrections);
      values.put("labels_expired", 0L);
      if (truePositives + falsePositives + trueNegatives + falseNegatives > 0) {
        values.put("true_positives", truePositives);
        values.put("false_positives", falsePositives);
        values.put("true_negatives", trueNegatives);
        values.put("false_negatives", falseNegatives);
      }
      return values;
    }
  }

  /** Labels that are to be sent with a later step, some steps after their predictions. */
  private final Queue<List<String>> waiting = new ArrayDeque<>();

  private final Map<Long, Expected> champion = new TreeMap<>();
  private final Map<Long, Expected> shadow = new TreeMap<>();
  private final Path jar = KafkaExtension.installation().jobJar(JOB);
  private int sent;
  private int strangers;

  @Test
  void aTaskManagerAndTheJobManagerAreKilled() {
    assertEachLabelOnce(20261128, List.of(Victim.TASK_MANAGER, Victim.JOB_MANAGER));
  }

  @Test
  @Tag("long")
  void manyKills() {
    List<Victim> victims = new ArrayList<>(Collections.nCopies(6, Victim.TASK_MANAGER));
    victims.addAll(Collections.nCopies(3, Victim.JOB_MANAGER));
    victims.add(Victim.BROKER);
    Collections.shuffle(victims, new Random(18));
    assertEachLabelOnce(18, victims);
  }

  private void assertEachLabelOnce(long seed, List<Victim> victims) {
    Random random = new Random(seed);
    try (TestCluster cluster = TestCluster.start("online-metrics-kill-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "quality");
        TopicReader metrics = topics.reader(Topic.METRICS);
        TopicReader letters = topics.reader(Topic.DEAD_LETTERS)) {
      List<String> arguments =
          List.of(
              "--parallelism",
              "2",
              "--config",
              topics.writeConfig("at_least_once", CONFIG).toString());
      cluster.jobs().submit(JOB, jar, Optional.empty(), arguments);
      try (Feed feed = new Feed(() -> feed(topics), 50)) {
        for (Victim victim : victims) {
          cluster.awaitCheckpoints(JOB, 2);
          TestCluster.pause(random.nextInt(3000));
          cluster.crash(victim, random, JOB, jar, arguments);
        }
        cluster.awaitCheckpoints(JOB, 2);
      }
      waiting.forEach(labels -> Traffic.send(topics, Topic.LABELS, labels));
      Instant end = Instant.now().plusMillis(3 * HORIZON);
      Traffic.goOnTo(topics, end, "true");
      cluster.crash(Victim.TASK_MANAGER, random, JOB, jar, arguments);
      Results results = new Results(metrics, end);
      TestCluster.await(
          "final states of all windows",
          () ->
              results.read().areFinal(Traffic.CHAMPION, champion)
                  && results.areFinal(Traffic.SHADOW, shadow));
      TestCluster.await("orphans", () -> results.refused(letters).size() >= strangers);
      assertThat(results.values(Traffic.CHAMPION)).isEqualTo(values(champion));
      assertThat(results.values(Traffic.SHADOW)).isEqualTo(values(shadow));
      assertThat(results.refused(letters)).hasSize(strangers);
      System.out.printf(
          "%d predictions of two versions in %d windows, %d kills%n",
          2 * sent, champion.size(), victims.size() + 1);
    }
  }

  private static Map<Long, Map<String, Long>> values(Map<Long, Expected> windows) {
    Map<Long, Map<String, Long>> values = new TreeMap<>();
    windows.forEach((window, expected) -> values.put(window, expected.values()));
    return values;
  }

  private void feed(TestTopics topics) {
    List<String> predictions = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < PER_STEP; i++) {
      Instant now = Instant.ofEpochMilli(System.currentTimeMillis());
      add(sent++, now, predictions, labels);
    }
    Collections.shuffle(labels, new Random(sent));
    if (sent % 5 == 0) {
      // Before their predictions.
      Traffic.send(topics, Topic.LABELS, labels);
    } else {
      waiting.add(labels);
    }
    if (waiting.size() > MOST_WAITING) {
      Traffic.send(topics, Topic.LABELS, waiting.remove());
    }
    Traffic.send(topics, Topic.PREDICTIONS, predictions);
  }

  /** A prediction of both versions, and its labels: none, one, or a wrong and a right one. */
  private void add(int number, Instant now, List<String> predictions, List<String> labels) {
    String id = "p" + number;
    double score = number % 10 / 10.0;
    double other = number % 4 / 4.0;
    predictions.add(Traffic.prediction(id, Traffic.CHAMPION, now, score));
    predictions.add(Traffic.prediction(id, Traffic.SHADOW, now, other));
    boolean isLabelled = number % 9 != 0;
    boolean isCorrected = number % 7 == 0;
    boolean truth = number % 3 == 0;
    if (isLabelled) {
      labels.add(Traffic.label(id, now.plusMillis(2000), "" + truth));
      if (isCorrected) {
        labels.add(Traffic.label(id, now.plusMillis(1000), "" + !truth));
      }
    }
    if (number % 50 == 0) {
      labels.add(Traffic.label("stranger" + number, now, "true"));
      strangers++;
    }
    long window = Math.floorDiv(now.toEpochMilli(), WINDOW) * WINDOW;
    expect(champion, window, score, isLabelled, isCorrected, truth);
    expect(shadow, window, other, isLabelled, isCorrected, truth);
  }

  private static void expect(
      Map<Long, Expected> windows,
      long window,
      double score,
      boolean isLabelled,
      boolean isCorrected,
      boolean truth) {
    Expected expected = windows.computeIfAbsent(window, key -> new Expected());
    expected.predictions++;
    if (!isLabelled) {
      return;
    }
    expected.corrections += isCorrected ? 1 : 0;
    boolean predicted = score >= 0.5;
    expected.truePositives += predicted && truth ? 1 : 0;
    expected.falsePositives += predicted && !truth ? 1 : 0;
    expected.trueNegatives += !predicted && !truth ? 1 : 0;
    expected.falseNegatives += !predicted && truth ? 1 : 0;
  }

  /** What the job has said so far. */
  private static final class Results {
    private static final Set<String> METRICS =
        Set.of(
            "prediction_rows",
            "label_coverage_ratio",
            "labels_corrected",
            "labels_expired",
            "true_positives",
            "false_positives",
            "true_negatives",
            "false_negatives");

    private final TopicReader metrics;
    private final Instant end;

    /** The last states, by version, window and metric. */
    private final Map<String, Map<Long, Map<String, JsonNode>>> last = new TreeMap<>();

    private final Set<String> refused = new HashSet<>();

    /**
     * @param end windows from it on are of no interest
     */
    Results(TopicReader metrics, Instant end) {
      this.metrics = metrics;
      this.end = end;
    }

    Results read() {
      metrics.readOn(this::add);
      return this;
    }

    private void add(JsonNode point) {
      if (!METRICS.contains(point.path("metric").asText()) || point.path("labels").has("against")) {
        return;
      }
      Instant window = Instant.parse(point.path("window_start").asText());
      if (window.plusMillis(WINDOW).isAfter(end)) {
        return;
      }
      last.computeIfAbsent(point.path("model_version").asText(), key -> new TreeMap<>())
          .computeIfAbsent(window.toEpochMilli(), key -> new TreeMap<>())
          .merge(
              point.path("metric").asText(),
              point,
              (one, two) -> computedAt(two).isBefore(computedAt(one)) ? one : two);
    }

    /** Whether all states that are expected of a version are there, and final. */
    boolean areFinal(String version, Map<Long, Expected> expected) {
      Map<Long, Map<String, JsonNode>> points = last.getOrDefault(version, Map.of());
      return expected.entrySet().stream()
          .allMatch(
              window -> {
                Map<String, JsonNode> of = points.getOrDefault(window.getKey(), Map.of());
                return of.keySet().containsAll(window.getValue().values().keySet())
                    && of.values().stream().allMatch(point -> point.path("final").asBoolean());
              });
    }

    private static Instant computedAt(JsonNode point) {
      return Instant.parse(point.path("computed_at").asText());
    }

    /** The values of the last states, by window. */
    Map<Long, Map<String, Long>> values(String version) {
      Map<Long, Map<String, Long>> values = new TreeMap<>();
      last.get(version)
          .forEach(
              (window, points) -> {
                Map<String, Long> of = new TreeMap<>();
                points.forEach(
                    (metric, point) -> {
                      boolean isRatio = metric.equals("label_coverage_ratio");
                      of.put(metric, point.path(isRatio ? "count" : "value").asLong());
                    });
                values.put(window, of);
              });
      return values;
    }

    /** Labels that are orphans, by their position. */
    Set<String> refused(TopicReader letters) {
      letters.readOn(
          letter -> {
            assertThat(letter.path("reason").asText()).startsWith("orphan: ");
            refused.add(letter.path("partition").asText() + "/" + letter.path("offset").asText());
          });
      return refused;
    }
  }
}
