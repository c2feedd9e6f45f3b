package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterException;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.Jobs;
import io.plumbline.cluster.LocalCluster;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.kafka.JobStart;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code plumbline submit}. */
@Command(
    name = "submit",
    description = {
      "Starts a job on the cluster and waits until all of its tasks run. Without state it says from"
          + " which offsets the job reads, and from when on it has whole windows to emit.",
      "Options that are not listed here are the job's own: of archive, feature-health and"
          + " online-metrics --parallelism N, --bootstrap-servers HOST:PORT and --tables DIR, which"
          + " win over the config; of drift those of 'plumbline drift'."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class SubmitCommand implements Callable<Integer> {
  /** What Flink calls the file by which it knows a checkpoint. */
  private static final String STATE = "_metadata";

  @Parameters(paramLabel = "JOB", description = "feature-health, online-metrics, archive or drift.")
  private String job;

  @Mixin private ClusterOption cluster;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "plumbline.yaml, checked before anything starts. Without one the job takes this"
              + " cluster's broker and folder of tables.")
  private Path config;

  @Option(
      names = "--from",
      paramLabel = "latest|PATH",
      description =
          "Go on from the newest checkpoint or savepoint of this job, or from the one given.")
  private String from;

  @Unmatched private List<String> options = new ArrayList<>();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Installation installation = Installation.current();
    if (!installation.jobs().contains(job)) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: expected one of %s".formatted(job, String.join(", ", installation.jobs())));
    }
    if (config != null) {
      ConfigLoader.load(config);
    }
    OwnOptions.check(spec.commandLine(), job, configured());
    LocalCluster local = cluster.existing();
    if (!job.equals(OwnOptions.DRIFT) && !local.broker().isAlive()) {
      throw new ClusterException("kafka is missing, which %s reads; 'up' starts it".formatted(job));
    }
    Jobs jobs = new Jobs(local);
    jobs.requireNotRunning(job);
    Jobs.Submission submission =
        jobs.submit(job, installation.jobJar(job), place(jobs), arguments(local));
    PrintWriter out = spec.commandLine().getOut();
    if (submission.restoredFrom().isPresent()) {
      out.println("restored from " + submission.restoredFrom().get());
    } else {
      submission.printed().stream()
          .filter(line -> line.startsWith(JobStart.WITHOUT_STATE))
          .forEach(out::println);
    }
    out.printf("%s runs: %s/#/job/%s%n", job, local.rest().dashboard(), submission.jobId());
    out.flush();
    return 0;
  }

  private Optional<String> place(Jobs jobs) {
    if (from == null) {
      jobs.latest(job).ifPresent(this::warnOfState);
      return Optional.empty();
    }
    if (from.equals("latest")) {
      return Optional.of(
          jobs.latest(job)
              .orElseThrow(
                  () ->
                      new ClusterException(
                          "%s has no checkpoint or savepoint yet; leave out --from to start it without state"
                              .formatted(job))));
    }
    if (from.contains(":")) {
      return Optional.of(from);
    }
    Path path = Path.of(from);
    if (!Files.exists(path.resolve(STATE)) && !path.endsWith(STATE)) {
      throw new BadInput(
          "--from: %s: expected latest, or the folder of a checkpoint or savepoint, which holds %s"
              .formatted(from, STATE));
    }
    return Optional.of(path.toAbsolutePath().toUri().toString());
  }

  /** Most who type it again after a crash want to go on. */
  private void warnOfState(String place) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "warning: %s starts without state, though %s has some; '--from latest' goes on from it%n",
        job, place);
    err.flush();
  }

  private List<String> configured() {
    List<String> arguments = new ArrayList<>();
    if (config != null) {
      arguments.addAll(List.of("--config", config.toAbsolutePath().toString()));
    }
    arguments.addAll(options);
    return arguments;
  }

  private List<String> arguments(LocalCluster local) {
    List<String> arguments = new ArrayList<>();
    if (config == null && !job.equals(OwnOptions.DRIFT)) {
      arguments.addAll(List.of("--bootstrap-servers", local.settings().bootstrapServers()));
      arguments.addAll(List.of("--tables", local.folder().tables().toUri().toString()));
    }
    arguments.addAll(configured());
    return arguments;
  }
}
