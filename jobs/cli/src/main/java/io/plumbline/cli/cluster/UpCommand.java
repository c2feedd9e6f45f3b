package io.plumbline.cli.cluster;

import io.plumbline.cluster.ClusterSettings;
import io.plumbline.cluster.Installation;
import io.plumbline.cluster.LocalCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code plumbline up}. */
@Command(
    name = "up",
    description = {
      "Starts a Kafka broker and a Flink cluster on this machine, and what is missing of them.",
      "With FLINK_HOME set, the cluster runs that distribution."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class UpCommand implements Callable<Integer> {
  private static final int GREATEST_PORT = 65_535;

  @Mixin private ClusterOption cluster;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "TaskManagers (2).")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "4",
      description = "Slots of each TaskManager (4).")
  private int slots;

  @Option(
      names = "--rest-port",
      paramLabel = "PORT",
      defaultValue = "8081",
      description = "The dashboard (8081).")
  private int restPort;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      defaultValue = "9092",
      description = "The broker (9092).")
  private int kafkaPort;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "9249",
      description = "Metrics of the JobManager; the TaskManagers take the next ones (9249).")
  private int metricsPort;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "An option of Flink, over the one of cluster/conf/config.yaml.")
  private Map<String, String> flink = Map.of();

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    long started = System.nanoTime();
    ClusterSettings wanted = wanted();
    PrintWriter out = spec.commandLine().getOut();
    LocalCluster running =
        LocalCluster.up(Installation.current(), cluster.folder(), wanted, out::println);
    ClusterSettings settings = running.settings();
    warnOfIgnored(settings);
    out.printf("ready after %d s%n", Duration.ofNanos(System.nanoTime() - started).toSeconds());
    out.println("dashboard  " + running.rest().dashboard());
    out.println("Kafka      " + settings.bootstrapServers());
    out.printf(
        "metrics    http://127.0.0.1:%d/metrics to :%d%n",
        settings.metricsPort(), settings.metricsPort() + settings.taskManagers());
    out.println("data       " + cluster.folder().root());
    out.flush();
    return 0;
  }

  /** A cluster that runs keeps its settings: whoever has typed others should know. */
  private void warnOfIgnored(ClusterSettings has) {
    warnIfOther("--slots", slots, has.slots());
    warnIfOther("--rest-port", restPort, has.restPort());
    warnIfOther("--kafka-port", kafkaPort, has.kafkaPort());
    warnIfOther("--metrics-port", metricsPort, has.metricsPort());
    if (flinkHome() != null && !flinkHome().equals(has.flinkHome())) {
      warn("FLINK_HOME", flinkHome(), has.flinkHome() == null ? "our own" : has.flinkHome());
    }
  }

  private void warnIfOther(String option, int typed, int has) {
    if (spec.commandLine().getParseResult().hasMatchedOption(option) && typed != has) {
      warn(option, "" + typed, "" + has);
    }
  }

  private void warn(String option, String typed, String has) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf(
        "warning: %s %s has no effect on a cluster that runs, which has %s; 'down' first%n",
        option, typed, has);
    err.flush();
  }

  private void requireDistinctPorts() {
    boolean inMetrics =
        Stream.of(restPort, kafkaPort)
            .anyMatch(port -> port >= metricsPort && port <= metricsPort + taskManagers);
    if (restPort == kafkaPort || inMetrics) {
      throw new ParameterException(
          spec.commandLine(),
          "--rest-port %d, --kafka-port %d, --metrics-port %d to %d: expected ports of their own"
              .formatted(restPort, kafkaPort, metricsPort, metricsPort + taskManagers));
    }
  }

  private ClusterSettings wanted() {
    positive("--task-managers", taskManagers);
    positive("--slots", slots);
    port("--rest-port", restPort, restPort);
    port("--kafka-port", kafkaPort, kafkaPort);
    port("--metrics-port", metricsPort, metricsPort + taskManagers);
    requireDistinctPorts();
    return ClusterSettings.of(
        taskManagers, slots, restPort, kafkaPort, metricsPort, flinkHome(), flink);
  }

  /** Null where it is not set. */
  private static String flinkHome() {
    String home = System.getenv("FLINK_HOME");
    return home == null || home.isBlank() ? null : Path.of(home).toAbsolutePath().toString();
  }

  /** Of several ports in a row, the first is what was typed. */
  private void port(String option, int first, int last) {
    if (first < 1 || last > GREATEST_PORT) {
      throw new ParameterException(
          spec.commandLine(),
          "%s: expected 1 to %d, found %d"
              .formatted(option, GREATEST_PORT - (last - first), first));
    }
  }

  private void positive(String option, int value) {
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected at least 1, found %d".formatted(option, value));
    }
  }
}
