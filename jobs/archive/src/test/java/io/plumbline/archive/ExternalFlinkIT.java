package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cluster.Daemon;
import io.plumbline.cluster.FlinkRest;
import io.plumbline.events.Topic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.OfficialFlink;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestCluster.Victim;
import io.plumbline.testing.TestTopics;
import io.plumbline.testing.passthrough.PassThroughJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our job jars, as they are, on the Flink that others install. */
@Tag("long")
@Tag("external")
class ExternalFlinkIT {
  private static final int EVENTS = 1000;
  private static final int POINTS = 500;

  private final Path archiveJar = KafkaExtension.installation().jobJar("archive");
  private final Path passThroughJar = KafkaExtension.installation().jar("common/testing");

  /** The archive takes no results that are past their retention. */
  private final Instant now = Instant.now();

  @TempDir Path folder;

  @Test
  void theJobJarsRunOnTheOfficialDistribution() {
    Path home = OfficialFlink.home();
    try (TestCluster cluster = TestCluster.start("external-cluster", home.toString());
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "external")) {
      runsFrom(home, cluster);
      List<String> arguments = List.of("--config", config(topics).toString());
      cluster.jobs().submit("archive", archiveJar, Optional.empty(), arguments);
      cluster.jobs().submit(PassThroughJob.NAME, passThroughJar, Optional.empty(), arguments);
      topics.produce(Topic.FEATURES, events(0));
      topics.produce(Topic.METRICS, points(0));
      cluster.awaitCheckpoints("archive", 1);
      cluster.crash(
          Victim.TASK_MANAGER, new Random(1), PassThroughJob.NAME, passThroughJar, arguments);
      // Until the JobManager knows of the crash the job seems to run; a checkpoint needs its tasks.
      cluster.awaitCheckpoints("archive", 2);
      topics.produce(Topic.FEATURES, events(EVENTS));
      topics.produce(Topic.METRICS, points(POINTS));
      // A checkpoint of our own jars and state, from which Flink's own scripts go on.
      String savepoint = cluster.jobs().stop("archive");
      topics.produce(Topic.METRICS, points(2 * POINTS));
      cluster.jobs().submit("archive", archiveJar, Optional.of(savepoint), arguments);

      TestCluster.await("results", () -> counts(topics).size() >= 2 * EVENTS);
      assertThat(counts(topics)).hasSize(2 * EVENTS);
      WrittenTable table = new WrittenTable(folder.resolve("tables"));
      String ours = " FROM %s WHERE metric = 'psi'";
      TestCluster.await("rows", () -> table.number("SELECT count(*)" + ours) >= 3 * POINTS);
      assertThat(table.rows("SELECT count(*), count(DISTINCT series), sum(value)" + ours))
          .containsExactly(List.of(3L * POINTS, 3L * POINTS, 3.0 * POINTS * (3 * POINTS - 1) / 2));
      assertThat(topics.read(Topic.DEAD_LETTERS)).isEmpty();
      for (Daemon daemon : cluster.cluster().daemons()) {
        assertThat(daemon.isAlive()).as(daemon.name()).isTrue();
        assertThat(daemon.log()).isNotEmptyFile();
      }
    }
  }

  private static void runsFrom(Path home, TestCluster cluster) {
    List<Daemon> flink = new ArrayList<>(cluster.cluster().taskManagers());
    flink.add(cluster.cluster().jobManager());
    for (Daemon daemon : flink) {
      String command = daemon.process().orElseThrow().info().commandLine().orElseThrow();
      assertThat(command).contains(home.resolve("lib/flink-dist-").toString());
      assertThat(command).doesNotContain("cluster/flink/target");
    }
    FlinkRest rest = cluster.cluster().rest();
    // The dashboard shows the logs that the scripts named.
    assertThat(rest.get("/jobmanager/logs").orElseThrow().path("logs")).isNotEmpty();
  }

  private Path config(TestTopics topics) {
    return topics.writeConfig(
        "at_least_once",
        "tables: {path: \"%s\", commit_interval: 1s}".formatted(folder.resolve("tables")));
  }

  private static List<String> events(int from) {
    List<String> events = new ArrayList<>();
    for (int number = from; number < from + EVENTS; number++) {
      events.add("{\"key\":\"only\",\"number\":%d}".formatted(number));
    }
    return events;
  }

  private List<String> points(int from) {
    List<String> points = new ArrayList<>();
    for (int number = from; number < from + POINTS; number++) {
      points.add(Points.json(Points.point("s" + number, "drift", number, now.plusMillis(number))));
    }
    return points;
  }

  /** What the job said how manyth an event was: each number must be there. */
  private static Set<Long> counts(TestTopics topics) {
    Set<Long> counts = new HashSet<>();
    for (JsonNode point : topics.read(Topic.METRICS)) {
      if (point.path("metric").asText().equals(PassThroughJob.HOW_MANY)) {
        counts.add(point.path("count").asLong());
      }
    }
    return counts;
  }
}
