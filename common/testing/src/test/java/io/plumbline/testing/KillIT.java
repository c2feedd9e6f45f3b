package io.plumbline.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Topic;
import io.plumbline.testing.TestCluster.Victim;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes die at random moments while a job counts: nothing is lost, each result is there once.
 */
class KillIT {
  private static final int KEYS = 50;

  @Test
  void aTaskManagerAndTheJobManagerAreKilled() {
    assertNothingIsLost(
        20261124, List.of(Victim.TASK_MANAGER, Victim.JOB_MANAGER), "at_least_once");
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
    assertNothingIsLost(seed, victims, "at_least_once");
  }

  private static void assertNothingIsLost(long seed, List<Victim> victims, String delivery) {
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Path jar = KafkaExtension.installation().jar("common/testing");
    try (TestCluster cluster = TestCluster.start("kill-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "kill")) {
      List<String> arguments = List.of("--config", topics.writeConfig(delivery).toString());
      cluster.jobs().submit(PassThroughJob.NAME, jar, java.util.Optional.empty(), arguments);
      try (Feed feed = new Feed(topics)) {
        for (Victim victim : victims) {
          cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
          TestCluster.pause(random.nextInt(1500));
          cluster.crash(victim, random, PassThroughJob.NAME, jar, arguments);
        }
        cluster.awaitCheckpoints(PassThroughJob.NAME, 2);
      }
      long sent = Feed.sent(topics);
      assertThat(sent).as("events").isGreaterThan(1000);
      Map<String, JsonNode> results = new HashMap<>();
      TestCluster.await(
          sent + " results",
          () -> {
            results.putAll(latest(topics.read(Topic.METRICS)));
            return results.size() >= sent;
          });
      results.putAll(latest(topics.read(Topic.METRICS)));
      assertThat(results).hasSize((int) sent);
      assertThat(eachCountOnce(results)).isEqualTo(Feed.perKey(topics));
    }
  }

  private static String key(String event) {
    return event.substring(8, event.indexOf('"', 8));
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
  private static Map<String, Long> eachCountOnce(Map<String, JsonNode> results) {
    Map<String, List<Long>> counts = new HashMap<>();
    for (JsonNode result : results.values()) {
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

  /** Writes events all the time, through all that happens to the broker. */
  private static final class Feed implements AutoCloseable {
    private final Thread thread;
    private volatile boolean ended;
    private volatile RuntimeException failure;

    Feed(TestTopics topics) {
      thread =
          new Thread(
              () -> {
                try {
                  write(topics);
                } catch (RuntimeException e) {
                  failure = e;
                }
              });
      thread.start();
    }

    private void write(TestTopics topics) {
      for (long number = 0; !ended; ) {
        List<String> batch = new ArrayList<>();
        for (int i = 0; i < 20; i++, number++) {
          batch.add("{\"key\":\"k%d\",\"number\":%d}".formatted(number % KEYS, number));
        }
        topics.produceKeyed(Topic.FEATURES, batch, KillIT::key);
        TestCluster.pause(50);
      }
    }

    /** What is on the topic: an idempotent producer writes each event once. */
    static long sent(TestTopics topics) {
      return topics.read(Topic.FEATURES).size();
    }

    static Map<String, Long> perKey(TestTopics topics) {
      Map<String, Long> counts = new HashMap<>();
      topics.read(Topic.FEATURES).forEach(e -> counts.merge(e.path("key").asText(), 1L, Long::sum));
      return counts;
    }

    @Override
    public void close() {
      ended = true;
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
