package io.plumbline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Our jobs on a cluster. Each is called {@code plumbline JOB} there. */
public final class Jobs {
  private static final Pattern SUBMITTED = Pattern.compile("JobID ([0-9a-f]{32})");
  private static final String CAUSE = "Caused by: ";
  private static final String OURS = "io.plumbline.";
  private static final Duration RUNNING = Duration.ofMinutes(2);

  private final LocalCluster cluster;

  public Jobs(LocalCluster cluster) {
    this.cluster = cluster;
  }

  public static String flinkName(String job) {
    return "plumbline " + job;
  }

  /**
   * What a submission came to.
   *
   * @param printed lines that Flink's client and the job's main have printed
   */
  public record Submission(String jobId, Optional<String> restoredFrom, List<String> printed) {}

  /**
   * Starts a job and waits until all its tasks run.
   *
   * @param from a savepoint or checkpoint; empty: without state
   */
  public Submission submit(String job, Path jar, Optional<String> from, List<String> arguments) {
    requireNotRunning(job);
    List<String> all = new ArrayList<>(List.of("run", "-d"));
    from.ifPresent(place -> all.addAll(List.of("-s", place)));
    all.add(jar.toString());
    all.addAll(arguments);
    List<String> printed = run(job, all);
    String id = id(printed).orElseThrow();
    awaitRunning(job, id);
    return new Submission(id, from, printed);
  }

  /**
   * @throws ClusterException if the job runs
   */
  public void requireNotRunning(String job) {
    live(job)
        .ifPresent(
            running -> {
              throw new ClusterException(
                  "%s is running already, as %s; 'stop %s' first"
                      .formatted(job, running.id(), job));
            });
  }

  private static Optional<String> id(List<String> printed) {
    return printed.stream()
        .map(SUBMITTED::matcher)
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst();
  }

  private List<String> run(String job, List<String> arguments) {
    try {
      Process client = cluster.flink().client(arguments).redirectErrorStream(true).start();
      String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int exit = client.waitFor();
      List<String> lines = printed.lines().toList();
      Optional<String> id = id(lines);
      if (exit != 0 || id.isEmpty()) {
        throw new ClusterException("%s was not accepted:%n%s".formatted(job, reason(printed)));
      }
      remember(job, id.stream());
      return lines;
    } catch (IOException e) {
      throw new ClusterException("Flink's client cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  /**
   * What began it: Flink's client prints a trace with all that came of it. What we say ourselves
   * names the broker, the topic or the option, and what is below it does not.
   */
  static String reason(String printed) {
    List<String> causes =
        printed
            .lines()
            .filter(line -> line.startsWith(CAUSE))
            .map(line -> line.substring(CAUSE.length()))
            .toList();
    return causes.stream()
        .filter(cause -> cause.startsWith(OURS) && cause.contains(": "))
        .reduce((outer, inner) -> inner)
        .map(cause -> cause.substring(cause.indexOf(": ") + 2))
        .orElse(causes.isEmpty() ? printed.strip() : causes.get(causes.size() - 1));
  }

  private void awaitRunning(String job, String id) {
    boolean running =
        Waiting.until(
            RUNNING,
            () -> {
              FlinkRest.Job state =
                  cluster.rest().jobs().stream()
                      .filter(found -> found.id().equals(id))
                      .findFirst()
                      .orElse(null);
              if (state != null && state.state().equals("FAILED")) {
                throw new ClusterException(
                    "%s failed; the reason is at %s/#/job/%s/exceptions"
                        .formatted(job, cluster.rest().dashboard(), id));
              }
              return state != null && (state.isWhollyRunning() || !state.isLive());
            });
    if (!running) {
      throw new ClusterException(
          "%s is submitted, but not all of its tasks run after %d s: %s/#/job/%s"
              .formatted(job, RUNNING.toSeconds(), cluster.rest().dashboard(), id));
    }
  }

  /**
   * The job, if it runs.
   *
   * @throws ClusterException if nobody answers: a second one must not start because of that
   */
  public Optional<FlinkRest.Job> live(String job) {
    List<FlinkRest.Job> known = cluster.rest().jobs(flinkName(job));
    remember(job, known);
    return known.stream().filter(FlinkRest.Job::isLive).findFirst();
  }

  private FlinkRest.Job running(String job) {
    return live(job).orElseThrow(() -> new ClusterException(job + " is not running"));
  }

  /** Returns the savepoint's place. */
  public String savepoint(String job) {
    return cluster
        .rest()
        .savepoint(running(job).id(), cluster.folder().savepoints().resolve(job).toUri());
  }

  /** Ends a job with a savepoint, whose place it returns. */
  public String stop(String job) {
    return cluster
        .rest()
        .stop(running(job).id(), cluster.folder().savepoints().resolve(job).toUri());
  }

  /** Ends a job as it stands. */
  public void cancel(String job) {
    FlinkRest.Job running = running(job);
    cluster.rest().cancel(running.id());
    if (!Waiting.until(RUNNING, () -> live(job).isEmpty())) {
      throw new ClusterException(
          "%s was asked to end and has not after %d s: %s/#/job/%s"
              .formatted(job, RUNNING.toSeconds(), cluster.rest().dashboard(), running.id()));
    }
  }

  private Path ids(String job) {
    return cluster.folder().jobs().resolve(job);
  }

  private List<String> remembered(String job) throws IOException {
    return Files.exists(ids(job)) ? Files.readAllLines(ids(job)) : List.of();
  }

  /** Also those whose submission was broken off before its end. */
  private void remember(String job, List<FlinkRest.Job> known) {
    try {
      remember(job, known.stream().map(FlinkRest.Job::id));
    } catch (IOException e) {
      throw new UncheckedIOException(ids(job) + ": cannot be written", e);
    }
  }

  private void remember(String job, Stream<String> ids) throws IOException {
    List<String> before = remembered(job);
    List<String> news = ids.filter(id -> !before.contains(id)).toList();
    if (!news.isEmpty()) {
      Files.write(ids(job), news, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
  }

  /** The newest whole checkpoint or savepoint of a job, of any of its runs. */
  public Optional<String> latest(String job) {
    remember(
        job,
        cluster.rest().jobs().stream()
            .filter(found -> found.name().equals(flinkName(job)))
            .toList());
    try {
      List<Path> places = new ArrayList<>();
      for (String id : remembered(job)) {
        places.addAll(whole(cluster.folder().checkpoints().resolve(id)));
      }
      places.addAll(whole(cluster.folder().savepoints().resolve(job)));
      return places.stream()
          .max(Comparator.comparing(Jobs::written))
          .map(place -> place.toUri().toString());
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoints cannot be listed", e);
    }
  }

  /** Those whose metadata, which Flink writes last, is there. */
  private static List<Path> whole(Path parent) throws IOException {
    if (!Files.exists(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.filter(child -> Files.exists(child.resolve("_metadata"))).toList();
    }
  }

  private static FileTime written(Path place) {
    try {
      return Files.getLastModifiedTime(place.resolve("_metadata"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
