package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cluster.FlinkRest;
import io.plumbline.events.Topic;
import io.plumbline.testing.TestCluster.Victim;
import io.plumbline.testing.passthrough.PassThroughJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes die at random moments while a job counts: nothing is lost, each result is there once.
 */
class KillIT {
  private static final int KEYS = 50;
  private static final int AIMED_KILLS = 5;

  /** How long a commit waits: time enough to see the checkpoint complete, and to kill. */
  private static final Duration BUSY = Duration.ofSeconds(5);

  private final Path jar = KafkaExtension.installation().jar("common/testing");

  @Test
  void aTaskManagerAndTheJobManagerAreKilled() {
    assertNothingIsLost(20261124, List.of(Victim.TASK_MANAGER, Victim.JOB_MANAGER));
  }

  @Test
  @Tag("long")
  void manyProcessesAreKilled() {
    List<Victim> victims = new ArrayList<>();
    victims.addAll(Collections.nCopies(20, Victim.TASK_MANAGER));
    victims.addAll(Collections.nCopies(8, Victim.JOB_MANAGER));
    victims.addAll(Collections.nCopies(4, Victim.BROKER));
    long seed = 4;
    Collections.shuffle(victims, new Random(seed));
    assertNothingIsLost(seed, victims);
  }

  private static List<String> arguments(TestTopics topics, String delivery) {
    // As many as there are slots, so that no TaskManager is without a part of the job.
    return List.of("--parallelism", "4", "--config", topics.writeConfig(delivery).toString());
  }

  private void assertNothingIsLost(long seed, List<Victim> victims) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    try (TestCluster cluster = TestCluster.start("kill-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "kill")) {
      List<String> arguments = arguments(topics, "at_least_once");
      cluster.jobs().submit(PassThroughJob.NAME, jar, Optional.empty(), arguments);
      try (Feed feed = feed(topics)) {
        for (Victim victim : victims) {
          cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
          TestCluster.pause(random.nextInt(1500));
          cluster.crash(victim, random, PassThroughJob.NAME, jar, arguments);
        }
        cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
      }
      long sent = sent(topics);
      assertThat(sent).as("events").isGreaterThan(1000);
      Map<String, JsonNode> results = new HashMap<>();
      TestCluster.await(
          sent + " results",
          () -> {
            results.putAll(latest(of(PassThroughJob.HOW_MANY, topics)));
            return results.size() >= sent;
          });
      results.putAll(latest(of(PassThroughJob.HOW_MANY, topics)));
      assertThat(results).hasSize((int) sent);
      assertThat(eachCountOnce(results.values())).isEqualTo(sentPerKey(topics));
      assertFolded(topics);
      System.out.printf("%d events, %d kills%n", sent, victims.size());
    }
  }

  /**
   * The worst moment for transactions: the checkpoint is complete, so the job will go on from it,
   * and what it holds is not committed yet. The reader takes each record as it stands.
   */
  @Test
  @Tag("long")
  void killsBetweenCheckpointAndCommitNeitherLoseNorDouble() {
    Random random = new Random(6);
    Map<String, String> busy =
        Map.of(
            "pipeline.global-job-parameters",
            PassThroughJob.BUSY_AFTER_BARRIER + ":" + BUSY.toMillis());
    try (TestCluster cluster = TestCluster.start("aimed-kill-cluster", null, busy);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "aimed");
        OpenTransactions transactions = new OpenTransactions(cluster.cluster().kafka().client())) {
      List<String> arguments = arguments(topics, "exactly_once");
      cluster.jobs().submit(PassThroughJob.NAME, jar, Optional.empty(), arguments);
      int kills = 0;
      try (Feed feed = feed(topics)) {
        for (int hits = 0; hits < AIMED_KILLS; kills++) {
          assertThat(kills).as("kills for %d hits", hits).isLessThan(2 * AIMED_KILLS);
          FlinkRest.Checkpoint complete = cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
          cluster.kill(Victim.TASK_MANAGER, random);
          // The next ones begin only when the tasks are no longer busy.
          List<String> open = transactions.begunBefore(complete.completed());
          System.out.printf("checkpoint %d is complete, not committed: %s%n", complete.id(), open);
          hits += open.isEmpty() ? 0 : 1;
          cluster.recover(Victim.TASK_MANAGER, PassThroughJob.NAME, jar, arguments);
        }
      }
      long sent = sent(topics);
      TestCluster.await(
          sent + " results", () -> of(PassThroughJob.HOW_MANY, topics).size() >= sent);
      cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
      List<JsonNode> results = of(PassThroughJob.HOW_MANY, topics);
      assertThat(results).hasSize((int) sent);
      assertThat(eachCountOnce(results)).isEqualTo(sentPerKey(topics));
      assertFolded(topics);
      System.out.printf("%d events, %d kills, %d aimed right%n", sent, kills, AIMED_KILLS);
    }
  }

  private static String key(String event) {
    return event.substring(8, event.indexOf('"', 8));
  }

  private static List<JsonNode> of(String metric, TestTopics topics) {
    return topics.read(Topic.METRICS).stream()
        .filter(record -> record.path("metric").asText().equals(metric))
        .toList();
  }

  /** A count that was lost stays below what was sent for ever, one that is twice goes beyond. */
  private static void assertFolded(TestTopics topics) {
    Map<String, Long> sent = sentPerKey(topics);
    Map<String, Long> folded = new HashMap<>();
    TestCluster.await(
        "as many folded as sent",
        () -> {
          of(PassThroughJob.FOLDED, topics)
              .forEach(
                  r ->
                      folded.merge(
                          r.path("feature").asText(), r.path("count").asLong(), Math::max));
          return sent.entrySet().stream()
              .allMatch(key -> folded.getOrDefault(key.getKey(), 0L) >= key.getValue());
        });
    assertThat(folded).isEqualTo(sent);
  }

  /** By identity, the state that was computed last: what a reader sees. */
  private static Map<String, JsonNode> latest(List<JsonNode> records) {
    Map<String, JsonNode> latest = new HashMap<>();
    for (JsonNode record : records) {
      latest.merge(
          Topic.METRICS.identity(record),
          record,
          (a, b) ->
              b.path("computed_at").asText().compareTo(a.path("computed_at").asText()) >= 0
                  ? b
                  : a);
    }
    return latest;
  }

  /** The counts of each key must be 1, 2, 3, ... without a gap and without one that is twice. */
  private static Map<String, Long> eachCountOnce(Collection<JsonNode> results) {
    Map<String, List<Long>> counts = new HashMap<>();
    for (JsonNode result : results) {
      counts
          .computeIfAbsent(result.path("feature").asText(), key -> new ArrayList<>())
          .add(result.path("count").asLong());
    }
    Map<String, Long> totals = new HashMap<>();
    counts.forEach(
        (key, values) -> {
          Collections.sort(values);
          for (int i = 0; i < values.size(); i++) {
            assertThat(values.get(i)).as("count %d of %s", i, key).isEqualTo(i + 1);
          }
          totals.put(key, (long) values.size());
        });
    return totals;
  }

  /** Writes events all the time. */
  private static Feed feed(TestTopics topics) {
    AtomicLong number = new AtomicLong();
    return new Feed(
        () -> {
          List<String> batch = new ArrayList<>();
          for (int i = 0; i < 20; i++) {
            long next = number.getAndIncrement();
            batch.add("{\"key\":\"k%d\",\"number\":%d}".formatted(next % KEYS, next));
          }
          topics.produceKeyed(Topic.FEATURES, batch, KillIT::key);
        },
        50);
  }

  /** What is on the topic: an idempotent producer writes each event once. */
  private static long sent(TestTopics topics) {
    return topics.read(Topic.FEATURES).size();
  }

  private static Map<String, Long> sentPerKey(TestTopics topics) {
    Map<String, Long> counts = new HashMap<>();
    topics.read(Topic.FEATURES).forEach(e -> counts.merge(e.path("key").asText(), 1L, Long::sum));
    return counts;
  }
}
