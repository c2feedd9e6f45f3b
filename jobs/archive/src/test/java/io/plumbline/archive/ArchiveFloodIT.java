package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cluster.Daemon;
import io.plumbline.events.Topic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days and names of jobs that somebody made up, on a cluster with the memory of {@code up}. */
class ArchiveFloodIT {
  private static final String JOB = "archive";
  private static final int DAYS = 399;
  private static final int NAMES = 100;
  private static final int OWN = 1000;

  @TempDir Path folder;

  @Test
  void forgedPartitionsWaitAndTodaysOwnAreWritten() {
    Instant now = Instant.now();
    List<String> points = new ArrayList<>();
    for (int day = 0; day < DAYS; day++) {
      for (int name = 0; name < NAMES; name++) {
        points.add(
            Points.json(
                Points.point("forged", "external:" + name, 1, now.minus(Duration.ofDays(day)))));
      }
    }
    for (int i = 0; i < OWN; i++) {
      points.add(Points.json(Points.point("own" + i, "drift", i, now)));
    }
    WrittenTable table = new WrittenTable(folder.resolve("tables"));
    try (TestCluster cluster = TestCluster.start("archive-flood-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "archive-flood")) {
      List<ProcessHandle> taskManagers = taskManagers(cluster);
      topics.produce(Topic.METRICS, points);
      cluster
          .jobs()
          .submit(
              JOB,
              KafkaExtension.installation().jobJar(JOB),
              Optional.empty(),
              List.of("--parallelism", "2", "--config", config(topics).toString()));
      TestCluster.await(
          "today's own", () -> table.number("SELECT count(*) FROM %s WHERE job = 'drift'") == OWN);
      // They were not last: the flood was read within two commits.
      assertThat(writtenUntil("job=drift")).isLessThanOrEqualTo(3L * NewestStates.MOST_PARTITIONS);
      long more = 5L * NewestStates.MOST_PARTITIONS;
      TestCluster.await("the next partitions", () -> partitions(table) >= more);
      assertThat(taskManagers(cluster)).isEqualTo(taskManagers);
      cluster.jobs().cancel(JOB);
    }
  }

  private Path config(TestTopics topics) {
    return topics.writeConfig(
        "at_least_once",
        "tables: {path: \"%s\", commit_interval: 5s}".formatted(folder.resolve("tables")));
  }

  /** How many files were written when the last of a job's was. */
  private long writtenUntil(String job) {
    try (Stream<Path> walk = Files.walk(folder.resolve("tables/metric_points"))) {
      List<Path> files = walk.filter(file -> file.toString().endsWith(".parquet")).toList();
      FileTime last =
          files.stream()
              .filter(file -> file.toString().contains(job))
              .map(ArchiveFloodIT::written)
              .max(Comparator.naturalOrder())
              .orElseThrow();
      return files.stream().filter(file -> written(file).compareTo(last) <= 0).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static FileTime written(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long partitions(WrittenTable table) {
    return table.number("SELECT count(*) FROM (SELECT DISTINCT dt, job FROM %s)");
  }

  /** Those that live. */
  private static List<ProcessHandle> taskManagers(TestCluster cluster) {
    return cluster.cluster().taskManagers().stream()
        .map(Daemon::process)
        .flatMap(Optional::stream)
        .toList();
  }
}
