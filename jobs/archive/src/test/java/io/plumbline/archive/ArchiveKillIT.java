package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.archive.compact.Compaction;
import io.plumbline.events.Topic;
import io.plumbline.testing.Feed;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestCluster.Victim;
import io.plumbline.testing.TestTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes die at random moments while points come without end: the tables hold each state at most
 * once and the newest of each point, in no more files than there were commits.
 */
@Tag("long")
class ArchiveKillIT {
  private static final String JOB = "archive";
  private static final Duration COMMIT_INTERVAL = Duration.ofSeconds(2);
  private static final int STEADY = 100;
  private static final List<String> PARTITIONS = List.of("drift", "online-metrics");

  /** Yesterday, since only closed days are compacted. */
  private final LocalDate day = LocalDate.now(ZoneOffset.UTC).minusDays(1);

  private final Path jar = KafkaExtension.installation().jobJar(JOB);

  @TempDir Path folder;

  @Test
  void killsLeaveTheTablesExact() throws IOException {
    List<Victim> victims = new ArrayList<>(Collections.nCopies(6, Victim.TASK_MANAGER));
    victims.addAll(Collections.nCopies(2, Victim.JOB_MANAGER));
    victims.add(Victim.BROKER);
    Random random = new Random(9);
    Collections.shuffle(victims, random);
    Instant started = Instant.now();
    Producer producer;
    WrittenTable table = new WrittenTable(folder.resolve("tables"));
    try (TestCluster cluster = TestCluster.start("archive-kill-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "archive-kill")) {
      List<String> arguments = List.of("--parallelism", "4", "--config", config(topics).toString());
      cluster.jobs().submit(JOB, jar, Optional.empty(), arguments);
      producer = new Producer(topics, day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
      try (Feed feed = new Feed(producer::write, 20)) {
        for (Victim victim : victims) {
          cluster.awaitCheckpoints(JOB, 2);
          TestCluster.pause(random.nextInt(3000));
          cluster.crash(victim, random, JOB, jar, arguments);
        }
        cluster.awaitCheckpoints(JOB, 2);
      }
      TestCluster.await(
          "the newest states",
          () -> !table.files().isEmpty() && newest(table).equals(producer.newest));
      cluster.awaitCheckpoints(JOB, 2);
      cluster.jobs().cancel(JOB);
      assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
    }
    assertThat(newest(table)).isEqualTo(producer.newest);
    assertThat(
            table.rows(
                "SELECT series, computed_at, count(*) FROM %s GROUP BY ALL HAVING count(*) > 1"))
        .as("states that are there twice")
        .isEmpty();
    long once = table.number("SELECT count(*) FROM %s WHERE series LIKE 'once%%'");
    assertThat(once).as("points of one state").isEqualTo(producer.batches);

    long commits = Duration.between(started, Instant.now()).dividedBy(COMMIT_INTERVAL) + 1;
    // After a restart, what was due in the meantime is committed at once.
    long most = (commits + victims.size()) * PARTITIONS.size();
    int files = table.files().size();
    assertThat(files).as("files").isLessThanOrEqualTo((int) most).isGreaterThan(PARTITIONS.size());
    compact();
    assertThat(table.files()).hasSameSizeAs(PARTITIONS);
    assertThat(newest(table)).isEqualTo(producer.newest);
    assertThat(table.number("SELECT count(*) FROM %s")).isEqualTo(producer.newest.size());
    System.out.printf(
        "%d states of %d points, %d kills; at most %d files, found %d, compacted to %d%n",
        producer.states, producer.newest.size(), victims.size(), most, files, table.files().size());
  }

  private void compact() throws IOException {
    org.apache.flink.core.fs.Path tables =
        new org.apache.flink.core.fs.Path(folder.resolve("tables").toUri());
    new Compaction(tables, day.plusDays(1), line -> {}).run(Map.of());
  }

  private Path config(TestTopics topics) {
    return topics.writeConfig(
        "at_least_once",
        "tables: {path: \"%s\", commit_interval: %ds}"
            .formatted(folder.resolve("tables"), COMMIT_INTERVAL.toSeconds()));
  }

  /** By series, the value that was computed last: what the view shows. */
  private static Map<String, Double> newest(WrittenTable table) {
    Map<String, Double> newest = new HashMap<>();
    table
        .rows("SELECT series, arg_max(value, computed_at) FROM %s GROUP BY series")
        .forEach(row -> newest.put((String) row.get(0), (Double) row.get(1)));
    return newest;
  }

  /**
   * Writes a state of one point that has many and one of a point that has no other, again and
   * again.
   */
  private static final class Producer {
    private final TestTopics topics;
    private final Instant first;
    private final Map<String, Double> newest = new HashMap<>();
    private long batches;
    private long states;

    Producer(TestTopics topics, Instant first) {
      this.topics = topics;
      this.first = first;
    }

    void write() {
      String job = PARTITIONS.get((int) (batches % PARTITIONS.size()));
      List<String> points = new ArrayList<>();
      points.add(point("once" + batches, job));
      for (int i = 0; i < 10; i++) {
        points.add(point("steady" + job + (batches + i) % STEADY, job));
      }
      batches++;
      topics.produceKeyed(Topic.METRICS, points, point -> point.substring(0, 40));
    }

    private String point(String series, String job) {
      double value = states++;
      newest.put(series, value);
      return Points.json(Points.point(series, job, value, first.plusMillis(states)));
    }
  }
}
