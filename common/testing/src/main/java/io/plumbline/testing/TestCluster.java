package io.plumbline.testing;

import io.plumbline.cluster.ClusterFolder;
import io.plumbline.cluster.ClusterSettings;
import io.plumbline.cluster.Daemon;
import io.plumbline.cluster.FlinkRest;
import io.plumbline.cluster.Jobs;
import io.plumbline.cluster.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** A cluster of several processes for a test, and what kills them. */
public final class TestCluster implements AutoCloseable {
  /** For machines that do much else. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Consumer<String> say;
  private final ClusterSettings settings;
  private LocalCluster cluster;

  /** Which process a crash takes. */
  public enum Victim {
    TASK_MANAGER,
    JOB_MANAGER,
    BROKER
  }

  private TestCluster(LocalCluster cluster, ClusterSettings settings, Consumer<String> say) {
    this.cluster = cluster;
    this.settings = settings;
    this.say = say;
  }

  /**
   * Two TaskManagers with two slots each, all ports free ones, and a checkpoint each second.
   *
   * @param name of its folder, under target
   * @param flinkHome a distribution to run; null: our own libraries
   */
  public static TestCluster start(String name, String flinkHome) {
    return start(name, flinkHome, Map.of());
  }

  /**
   * @param more options of Flink, over all others
   */
  public static TestCluster start(String name, String flinkHome, Map<String, String> more) {
    Map<String, String> flink = new TreeMap<>();
    flink.put("execution.checkpointing.interval", "1 s");
    flink.put("execution.checkpointing.min-pause", "200 ms");
    flink.put("restart-strategy.exponential-delay.max-backoff", "2 s");
    flink.put("heartbeat.interval", "1 s");
    flink.put("heartbeat.timeout", "5 s");
    flink.putAll(more);
    ClusterFolder folder = ClusterFolder.of(Path.of("target", name));
    folder.wipe();
    ClusterSettings settings = ClusterSettings.onFreePorts(2, 2, flinkHome, flink);
    Consumer<String> say = line -> System.out.println(name + ": " + line);
    return new TestCluster(up(folder, settings, say), settings, say);
  }

  private static LocalCluster up(
      ClusterFolder folder, ClusterSettings settings, Consumer<String> say) {
    return LocalCluster.up(KafkaExtension.installation(), folder, settings, say);
  }

  public LocalCluster cluster() {
    return cluster;
  }

  public Jobs jobs() {
    return new Jobs(cluster);
  }

  /** Kills a process with SIGKILL, and starts it again. */
  public void crash(Victim victim, Random random, String job, Path jar, List<String> arguments) {
    kill(victim, random);
    recover(victim, job, jar, arguments);
  }

  /** SIGKILL. */
  public void kill(Victim victim, Random random) {
    List<Daemon> all = cluster.taskManagers();
    Daemon killed =
        switch (victim) {
          case TASK_MANAGER -> all.get(random.nextInt(all.size()));
          case JOB_MANAGER -> cluster.jobManager();
          case BROKER -> cluster.broker();
        };
    killed.kill();
    say.accept("killed " + killed.name());
  }

  /**
   * Starts what is missing; a job that a JobManager took with it is submitted anew from its last
   * checkpoint.
   */
  public void recover(Victim victim, String job, Path jar, List<String> arguments) {
    cluster = up(cluster.folder(), settings, say);
    if (victim == Victim.JOB_MANAGER) {
      Optional<String> latest = jobs().latest(job);
      if (latest.isEmpty()) {
        throw new IllegalStateException("no checkpoint to go on from");
      }
      jobs().submit(job, jar, latest, arguments);
    }
    awaitRunning(job);
  }

  /** Waits until all tasks of a job run. */
  public void awaitRunning(String job) {
    await(job + " runs", () -> jobs().live(job).filter(FlinkRest.Job::isWhollyRunning).isPresent());
  }

  /**
   * Waits for so many more checkpoints of the job than it has now.
   *
   * @return the newest of them
   */
  public FlinkRest.Checkpoint awaitCheckpoints(String job, int more) {
    awaitRunning(job);
    String id = jobs().live(job).orElseThrow().id();
    int before = cluster.rest().completedCheckpoints(id);
    await("a checkpoint", () -> cluster.rest().completedCheckpoints(id) >= before + more);
    return cluster.rest().lastCheckpoint(id).orElseThrow();
  }

  /** Waits for a condition, at most five minutes. */
  public static void await(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what);
      }
      pause(100);
    }
  }

  public static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    cluster.daemons().forEach(Daemon::kill);
    cluster.folder().wipe();
  }
}
