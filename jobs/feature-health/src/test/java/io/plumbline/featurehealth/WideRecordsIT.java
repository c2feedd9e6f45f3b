package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cluster.Daemon;
import io.plumbline.events.Topic;
import io.plumbline.testing.Feed;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import io.plumbline.testing.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Records with so many names that a few of them would fill a TaskManager of {@code plumbline up},
 * and so many records with a name each: those beyond the limit are dead letters, those within it
 * are counted, and no process dies.
 */
class WideRecordsIT {
  private static final String JOB = "feature-health";
  private static final long WINDOW = 2000;

  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 500ms, idle_after: 2s, allowed_lateness: 60s}
      feature_health: {window: 2s, min_rows: 5}
      features:
        - {name: income, type: numeric}
      models:
        - {name: credit, features: [income]}
      """;

  private final Path jar = KafkaExtension.installation().jobJar(JOB);

  /** How many good predictions there are of each window. */
  private final TreeMap<Long, Long> sent = new TreeMap<>();

  private long names;

  @Test
  void wideRecordsKillNoProcessAndTheGoodOnesAmongThemAreCounted() {
    try (TestCluster cluster = TestCluster.start("wide-records-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "wide")) {
      Map<String, Long> before = pids(cluster);
      List<String> arguments =
          List.of(
              "--parallelism",
              "2",
              "--config",
              topics.writeConfig("at_least_once", CONFIG).toString());
      cluster.jobs().submit(JOB, jar, Optional.empty(), arguments);
      cluster.awaitCheckpoints(JOB, 1);
      String id = cluster.jobs().live(JOB).orElseThrow().id();
      Results results = new Results(topics);
      int refused;
      int within;
      int flooded;
      try (Feed feed = new Feed(() -> feedGood(topics), 100)) {
        refused = wide(topics, 150, 50_000, 8, false) + wide(topics, 60, 95_000, 6, false);
        // Just within the limit: short names, and names as long as a record of 1 MiB has room for.
        within =
            wide(topics, 60, 9_000, 12, true)
                + wide(topics, 60, 9_000, 100, false)
                + wide(topics, 60, 4_500, 100, true);
        flooded = flood(topics, 60_000, 12) + flood(topics, 20_000, 100);
        int all = refused;
        TestCluster.await("all dead letters", () -> results.read().deadLetters == all);
        cluster.awaitCheckpoints(JOB, 2);
      }
      TestCluster.await(
          "all windows",
          () ->
              results.read().isOver(sent)
                  || (results.good().equals(sent)
                      && results.wide() == within
                      && results.flooded() == flooded));
      assertThat(results.good()).isEqualTo(sent);
      assertThat(results.wide()).isEqualTo(within);
      assertThat(results.flooded()).isEqualTo(flooded);
      assertThat(results.namesOfFlood()).isGreaterThan(1000).isLessThan(flooded);
      assertThat(results.deadLetters).isEqualTo(refused);
      assertThat(results.reasons.keySet())
          .containsExactly("expected at most 10000 features, found more at /features");
      assertThat(pids(cluster)).isEqualTo(before);
      assertThat(cluster.jobs().live(JOB).orElseThrow().id()).isEqualTo(id);
      assertThat(restarts(cluster, id)).isZero();
    }
  }

  private static Map<String, Long> pids(TestCluster cluster) {
    return cluster.cluster().taskManagers().stream()
        .collect(
            Collectors.toMap(
                Daemon::name, daemon -> daemon.process().map(ProcessHandle::pid).orElse(-1L)));
  }

  /** Flink has metrics only some time after it was asked for them first. */
  private static int restarts(TestCluster cluster, String id) {
    AtomicInteger restarts = new AtomicInteger(-1);
    TestCluster.await(
        "a metric",
        () -> {
          cluster
              .cluster()
              .rest()
              .get("/jobs/" + id + "/metrics?get=numRestarts")
              .ifPresent(found -> restarts.set(found.path(0).path("value").asInt(-1)));
          return restarts.get() >= 0;
        });
    return restarts.get();
  }

  /**
   * Sends predictions that have no name in common.
   *
   * @param withTimes whether each value has a time
   * @return how many
   */
  private int wide(
      TestTopics topics, int records, int features, int nameLength, boolean withTimes) {
    for (int i = 0; i < records; i++) {
      StringBuilder json = new StringBuilder();
      StringBuilder times = new StringBuilder();
      long now = System.currentTimeMillis();
      json.append("{\"prediction_id\":\"w\",\"model\":\"credit\",\"model_version\":\"v3\",\"ts\":");
      json.append(now).append(",\"features\":{");
      for (int f = 0; f < features; f++) {
        String name = nextName(nameLength);
        String comma = f == 0 ? "" : ",";
        json.append(comma).append('"').append(name).append("\":").append(f % 10);
        if (withTimes) {
          times.append(comma).append('"').append(name).append("\":").append(now);
        }
      }
      json.append("},\"feature_times\":{").append(times).append("}}");
      topics.produceBytes(
          Topic.PREDICTIONS, List.of(json.toString().getBytes(StandardCharsets.UTF_8)));
    }
    return records;
  }

  private String nextName(int length) {
    String name = Long.toString(names++, Character.MAX_RADIX);
    return "n".repeat(length - name.length()) + name;
  }

  /**
   * Sends values of features of which each has one.
   *
   * @return how many
   */
  private int flood(TestTopics topics, int features, int nameLength) {
    int batch = 1000;
    for (int i = 0; i < features; i += batch) {
      long now = System.currentTimeMillis();
      topics.produce(
          Topic.FEATURES,
          IntStream.range(0, batch)
              .mapToObj(
                  of ->
                      """
                      {"feature":"%s","entity_id":"e","value":%d,"event_time":%d}"""
                          .formatted(nextName(nameLength), of, now))
              .toList());
    }
    return features;
  }

  private void feedGood(TestTopics topics) {
    long now = System.currentTimeMillis();
    List<String> predictions =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    """
                    {"prediction_id":"p","model":"good","model_version":"v1","ts":%d,"features":{"income":%d}}"""
                        .formatted(now, i))
            .toList();
    topics.produce(Topic.PREDICTIONS, predictions);
    sent.merge(Math.floorDiv(now, WINDOW) * WINDOW, (long) predictions.size(), Long::sum);
  }

  /** What the job has said so far. */
  private static final class Results {
    private static final long SETTLED_NANOS = 120_000_000_000L;

    private final TopicReader metrics;
    private final TopicReader letters;
    private final Map<String, Map<Long, Long>> rowsByModel = new HashMap<>();

    /** Of features by themselves, by name and window. */
    private final Map<String, Map<Long, Long>> rowsByFeature = new HashMap<>();

    private final Map<String, Integer> reasons = new HashMap<>();
    private int deadLetters;
    private long heard = System.nanoTime();

    Results(TestTopics topics) {
      metrics = topics.reader(Topic.METRICS);
      letters = topics.reader(Topic.DEAD_LETTERS);
    }

    Results read() {
      letters.readOn(
          letter -> {
            deadLetters++;
            reasons.merge(letter.path("reason").asText(), 1, Integer::sum);
          });
      metrics.readOn(
          point -> {
            if (!point.path("metric").asText().equals("feature_rows")) {
              return;
            }
            String model = point.path("model").asText("");
            String feature = point.path("feature").asText();
            if (model.isEmpty()) {
              put(rowsByFeature, feature, point);
            } else if (feature.equals("income") && point.path("segment").asText("").isEmpty()) {
              put(rowsByModel, model, point);
            }
          });
      return this;
    }

    private void put(Map<String, Map<Long, Long>> rows, String of, JsonNode point) {
      heard = System.nanoTime();
      rows.computeIfAbsent(of, key -> new HashMap<>())
          .put(
              Instant.parse(point.path("window_start").asText()).toEpochMilli(),
              point.path("value").asLong());
    }

    /** How many good predictions each window has. */
    Map<Long, Long> good() {
      return rowsByModel.getOrDefault("good", Map.of());
    }

    /** How many wide predictions were counted: each lacks the one feature that is registered. */
    long wide() {
      return sum(rowsByModel.getOrDefault("credit", Map.of()));
    }

    /** How many values of features were counted, under their names or any. */
    long flooded() {
      return rowsByFeature.values().stream().mapToLong(Results::sum).sum();
    }

    /** How many of these names there is room for. */
    int namesOfFlood() {
      return rowsByFeature.size();
    }

    private static long sum(Map<Long, Long> rows) {
      return rows.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether nothing new was said for a while. */
    boolean isOver(Map<Long, Long> sent) {
      return good().keySet().containsAll(sent.keySet())
          && System.nanoTime() - heard > SETTLED_NANOS;
    }
  }
}
