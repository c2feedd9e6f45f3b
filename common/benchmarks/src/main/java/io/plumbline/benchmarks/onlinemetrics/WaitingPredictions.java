package io.plumbline.benchmarks.onlinemetrics;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.benchmarks.PeakMemory;
import io.plumbline.cluster.ClusterFolder;
import io.plumbline.cluster.ClusterSettings;
import io.plumbline.cluster.Daemon;
import io.plumbline.cluster.FlinkRest;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.Jobs;
import io.plumbline.cluster.LocalCluster;
import io.plumbline.events.Topic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * The job on a TaskManager of its own, while predictions gather that wait for their labels: what
 * their state takes, and its checkpoints; then a start from the last of them, and labels.
 */
final class WaitingPredictions implements AutoCloseable {
  private static final String JOB = "online-metrics";
  private static final String NO_PREFIX = "plumbline.";
  private static final int SLOTS = 2;
  private static final int DAYS = 15;
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double MIB = 1 << 20;

  private final Installation installation;
  private final LocalCluster cluster;
  private final Jobs jobs;
  private final LabelledTraffic traffic;
  private final Path config;

  /**
   * @param most predictions
   */
  WaitingPredictions(Installation installation, Path parent, long most) throws Exception {
    this.installation = installation;
    ClusterFolder folder = ClusterFolder.of(parent.resolve("online-metrics-cluster"));
    folder.wipe();
    cluster =
        LocalCluster.up(
            installation,
            folder,
            ClusterSettings.onFreePorts(
                1,
                SLOTS,
                null,
                Map.of("taskmanager.memory.process.size", "4g", "web.checkpoints.history", "1000")),
            System.err::println);
    jobs = new Jobs(cluster);
    traffic = new LabelledTraffic(most, DAYS);
    config = folder.root().resolve("bench.yaml");
    Files.writeString(config, LabelledTraffic.config(cluster.kafka().client(), NO_PREFIX));
  }

  /**
   * Measures, and prints.
   *
   * @param sizes how many predictions wait, ascending
   * @param labels then so many of them get one
   */
  void print(List<Integer> sizes, int labels) throws Exception {
    submit(Optional.empty());
    System.out.printf(
        "%11s | %8s %6s | %9s %9s | %9s %9s | %8s%n",
        "waiting",
        "state MB",
        "bytes",
        "median s",
        "longest s",
        "median MB",
        "most MB",
        "peak MiB");
    long before = 0;
    int checkpoint = 0;
    for (int size : sizes) {
      traffic.writePredictions(cluster.kafka().client(), NO_PREFIX, before, size);
      awaitRead(Topic.PREDICTIONS, size);
      List<JsonNode> checkpoints = checkpoints(checkpoint);
      checkpoint = checkpoints.get(checkpoints.size() - 1).path("id").asInt();
      tell(size, checkpoints);
      before = size;
    }
    jobs.cancel(JOB);
    Instant restart = Instant.now();
    submit(jobs.latest(JOB));
    System.out.printf(
        Locale.ROOT,
        "start from the last checkpoint, until all tasks run: %.1f s, with Flink's client%n",
        seconds(restart));
    Instant start = Instant.now();
    traffic.writeLabels(cluster.kafka().client(), NO_PREFIX, labels);
    awaitRead(Topic.LABELS, labels);
    System.out.printf(
        Locale.ROOT,
        "%d labels, until they are in a checkpoint: %.1f s; peak %.0f MiB%n",
        labels,
        seconds(start),
        peak());
  }

  private static double seconds(Instant since) {
    return Duration.between(since, Instant.now()).toMillis() / 1e3;
  }

  private void submit(Optional<String> from) {
    jobs.submit(
        JOB,
        installation.jobJar(JOB),
        from,
        List.of("--parallelism", "" + SLOTS, "--config", config.toString()));
  }

  private void tell(long size, List<JsonNode> checkpoints) {
    JsonNode last = checkpoints.get(checkpoints.size() - 1);
    double state = last.path("state_size").asDouble();
    double[] seconds = sorted(checkpoints, "end_to_end_duration");
    double[] written = sorted(checkpoints, "checkpointed_size");
    System.out.printf(
        Locale.ROOT,
        "%11d | %8.0f %6.0f | %9.2f %9.2f | %9.0f %9.0f | %8.0f%n",
        size,
        state / MIB,
        state / size,
        seconds[seconds.length / 2] / 1e3,
        seconds[seconds.length - 1] / 1e3,
        written[written.length / 2] / MIB,
        written[written.length - 1] / MIB,
        peak());
  }

  private static double[] sorted(List<JsonNode> checkpoints, String field) {
    return checkpoints.stream().mapToDouble(c -> c.path(field).asDouble()).sorted().toArray();
  }

  private double peak() {
    Daemon taskManager = cluster.taskManagers().get(0);
    return PeakMemory.mebibytesOf(taskManager.process().orElseThrow().pid());
  }

  /** Completed ones after that with this number, in order. */
  private List<JsonNode> checkpoints(int after) {
    FlinkRest.Job job = jobs.live(JOB).orElseThrow();
    List<JsonNode> completed = new ArrayList<>();
    JsonNode all = cluster.rest().get("/jobs/" + job.id() + "/checkpoints").orElseThrow();
    for (JsonNode checkpoint : all.path("history")) {
      if (checkpoint.path("status").asText().equals("COMPLETED")
          && checkpoint.path("id").asInt() > after) {
        completed.add(0, checkpoint);
      }
    }
    return completed;
  }

  /** Waits until a checkpoint has so many records of a topic. */
  private void awaitRead(Topic topic, long count) throws Exception {
    try (Admin admin = Admin.create(cluster.kafka().client())) {
      until(
          () -> committed(admin, NO_PREFIX + topic.key()) >= count,
          "%d records of %s read".formatted(count, topic.key()));
    }
  }

  private static long committed(Admin admin, String topic) {
    try {
      return admin
          .listConsumerGroupOffsets("plumbline-" + JOB)
          .partitionsToOffsetAndMetadata()
          .get()
          .entrySet()
          .stream()
          .filter(offset -> offset.getKey().topic().equals(topic) && offset.getValue() != null)
          .mapToLong(offset -> offset.getValue().offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private void until(BooleanSupplier condition, String what) throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(deadline) || jobs.live(JOB).isEmpty()) {
        throw new IllegalStateException("not %s; see %s".formatted(what, cluster.folder().logs()));
      }
      Thread.sleep(500);
    }
  }

  @Override
  public void close() {
    cluster.daemons().forEach(Daemon::kill);
    cluster.folder().wipe();
  }
}
