package io.plumbline.featurehealth;

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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes of a cluster die while features come steadily: each prediction is counted once, and our
 * own outage makes no feature stale.
 */
class FeatureHealthKillIT {
  private static final String JOB = "feature-health";
  private static final long WINDOW = 2000;

  /** A busy machine takes seconds to read on after a crash: what is idle by then comes too late. */
  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 500ms, idle_after: 10s, allowed_lateness: %1$s}
      feature_health: {window: 2s, min_rows: 5}
      features:
        - {name: income, type: numeric, freshness_sla: %2$s}
        - {name: age, type: numeric, freshness_sla: %2$s}
      models:
        - {name: credit, features: [income, age]}
      """;

  private final Path jar = KafkaExtension.installation().jobJar(JOB);

  /** How many predictions there are of each window. */
  private final TreeMap<Long, Long> sent = new TreeMap<>();

  @Test
  void aKillInAWindowAndAnOutageOfThreeSlas() {
    assertRight(
        20261126,
        List.of(Victim.TASK_MANAGER, Victim.JOB_MANAGER),
        CONFIG.formatted("3s", "4s"),
        Duration.ofSeconds(12));
  }

  @Test
  @Tag("long")
  void manyKills() {
    List<Victim> victims = new ArrayList<>(Collections.nCopies(6, Victim.TASK_MANAGER));
    victims.addAll(Collections.nCopies(3, Victim.JOB_MANAGER));
    victims.add(Victim.BROKER);
    Collections.shuffle(victims, new Random(7));
    // While the broker is away its clients keep what they have to send; it is back within the SLA.
    assertRight(7, victims, CONFIG.formatted("60s", "15s"), Duration.ofSeconds(20));
  }

  /**
   * @param outage after the JobManager was killed, longer than the SLA
   */
  private void assertRight(long seed, List<Victim> victims, String config, Duration outage) {
    Random random = new Random(seed);
    try (TestCluster cluster = TestCluster.start("feature-health-kill-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "health")) {
      List<String> arguments =
          List.of(
              "--parallelism",
              "2",
              "--config",
              topics.writeConfig("at_least_once", config).toString());
      cluster.jobs().submit(JOB, jar, Optional.empty(), arguments);
      Results results = new Results(topics);
      try (Feed feed = new Feed(() -> feed(topics), 50)) {
        for (Victim victim : victims) {
          cluster.awaitCheckpoints(JOB, 2);
          TestCluster.pause(random.nextInt(3000));
          cluster.kill(victim, random);
          if (victim == Victim.JOB_MANAGER) {
            // Without it nothing runs, while features come as ever.
            TestCluster.pause(outage.toMillis());
          }
          cluster.recover(victim, JOB, jar, arguments);
        }
        Instant back = Instant.now();
        TestCluster.await(
            "a fresh feature after the outage", () -> results.read().freshSince(back));
      }
      TestCluster.await(
          "all windows", () -> results.read().rows.keySet().containsAll(sent.keySet()));
      assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
      TestCluster.await("late parts", () -> results.read().rows.equals(sent) || results.isOver());
      assertThat(results.rows).isEqualTo(sent);
      // Then nothing came any more, and it is their own silence.
      TestCluster.await("stale at last", () -> !results.read().stale.isEmpty());
      long over = sent.lastKey() + WINDOW;
      assertThat(results.stale)
          .allSatisfy(check -> assertThat(time(check, "computed_at")).isGreaterThan(over));
      System.out.printf(
          "%d predictions in %d windows, %d kills%n",
          sent.values().stream().mapToLong(Long::longValue).sum(), sent.size(), victims.size());
    }
  }

  private static long time(JsonNode result, String field) {
    return Instant.parse(result.path(field).asText()).toEpochMilli();
  }

  private void feed(TestTopics topics) {
    List<String> predictions = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long now = System.currentTimeMillis();
      sent.merge(Math.floorDiv(now, WINDOW) * WINDOW, 1L, Long::sum);
      predictions.add(
          """
          {"prediction_id":"p","model":"credit","model_version":"v3","ts":%d,"features":{"income":5},"feature_times":{"age":%d}}"""
              .formatted(now, now));
      values.add(
          """
          {"feature":"income","entity_id":"e","value":5,"event_time":%d}"""
              .formatted(now));
    }
    // Keyed, so that each partition has its share at any time.
    topics.produceKeyed(Topic.PREDICTIONS, predictions, p -> "k" + p.hashCode());
    topics.produceKeyed(Topic.FEATURES, values, v -> "k" + v.hashCode());
  }

  /** What the job has said so far. */
  private static final class Results {
    private static final long SETTLED_NANOS = 90_000_000_000L;

    private final TopicReader metrics;
    private final TopicReader checks;
    private final Map<Long, Long> rows = new HashMap<>();
    private final List<JsonNode> stale = new ArrayList<>();
    private final List<JsonNode> fresh = new ArrayList<>();
    private long heard = System.nanoTime();

    Results(TestTopics topics) {
      metrics = topics.reader(Topic.METRICS);
      checks = topics.reader(Topic.CHECKS);
    }

    /** Whether nothing new was said for a while. */
    boolean isOver() {
      return System.nanoTime() - heard > SETTLED_NANOS;
    }

    Results read() {
      metrics.readOn(
          point -> {
            if (point.path("metric").asText().equals("feature_rows")
                && point.path("model").asText().equals("credit")
                && point.path("feature").asText().equals("income")) {
              heard = System.nanoTime();
              rows.put(time(point, "window_start"), point.path("value").asLong());
            }
          });
      checks.readOn(
          check -> {
            if (check.path("issues").toString().contains("stale")) {
              stale.add(check);
            } else if (check.path("freshness_seconds").isNumber()) {
              fresh.add(check);
            }
          });
      return this;
    }

    boolean freshSince(Instant time) {
      return fresh.stream().anyMatch(c -> time(c, "computed_at") > time.toEpochMilli());
    }
  }
}
