package io.plumbline.cli.cluster;

import io.plumbline.cluster.Daemon;
import io.plumbline.cluster.FlinkRest;
import io.plumbline.cluster.LocalCluster;
import io.plumbline.cluster.Topics;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code plumbline status}. */
@Command(
    name = "status",
    description =
        "Shows processes, jobs with their last checkpoint, and topics with what has not been read"
            + " yet. Exits with 1 if a process is missing.",
    mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
  @Mixin private ClusterOption cluster;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    LocalCluster local = cluster.existing();
    PrintWriter out = spec.commandLine().getOut();
    processes(local, out);
    jobs(local.rest(), out);
    if (local.broker().isAlive()) {
      try (Topics topics = local.topics()) {
        topics(topics.backlogs(), out);
      }
    }
    out.flush();
    return local.daemons().stream().allMatch(Daemon::isAlive) ? 0 : 1;
  }

  private static void processes(LocalCluster local, PrintWriter out) {
    out.printf("%-16s %-9s %8s  %s%n", "PROCESS", "STATE", "PID", "AT");
    for (Daemon daemon : local.daemons()) {
      Optional<ProcessHandle> process = daemon.process();
      out.printf(
          "%-16s %-9s %8s  %s%n",
          daemon.name(),
          process.isPresent() ? "running" : "missing",
          process.map(found -> Long.toString(found.pid())).orElse("-"),
          address(daemon, local));
    }
  }

  private static String address(Daemon daemon, LocalCluster local) {
    return switch (daemon.name()) {
      case "kafka" -> local.settings().bootstrapServers();
      case "jobmanager" -> local.rest().dashboard().toString();
      default -> "log " + daemon.log();
    };
  }

  private static void jobs(FlinkRest rest, PrintWriter out) {
    List<FlinkRest.Job> jobs = rest.jobs();
    if (jobs.isEmpty()) {
      return;
    }
    out.printf("%n%-28s %-10s %7s  %-32s  %s%n", "JOB", "STATE", "TASKS", "ID", "LAST CHECKPOINT");
    for (FlinkRest.Job job : jobs) {
      String checkpoint =
          rest.lastCheckpoint(job.id())
              .map(last -> "%d, %s ago".formatted(last.id(), ago(last.completed())))
              .orElse("none");
      out.printf(
          "%-28s %-10s %3d/%-3d  %-32s  %s%n",
          job.name(), job.state(), job.running(), job.tasks(), job.id(), checkpoint);
    }
  }

  private static String ago(Instant time) {
    return Duration.between(time, Instant.now()).toSeconds() + " s";
  }

  private static void topics(List<Topics.Backlog> backlogs, PrintWriter out) {
    out.printf("%n%-28s %12s  %s%n", "TOPIC", "RECORDS", "NOT READ YET");
    for (Topics.Backlog backlog : backlogs) {
      String lag =
          backlog.lag().entrySet().stream()
              .map(StatusCommand::behind)
              .collect(Collectors.joining(", "));
      out.printf("%-28s %12d  %s%n", backlog.topic(), backlog.records(), lag.isEmpty() ? "-" : lag);
    }
  }

  private static String behind(Map.Entry<String, Long> lag) {
    return "%s by %s".formatted(lag.getValue(), lag.getKey());
  }
}
