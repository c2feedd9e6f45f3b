package io.plumbline.benchmarks.onlinemetrics;

import io.plumbline.cluster.Installation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline bench online-metrics}. */
@Command(
    name = "online-metrics",
    description = {
      "cpu: CPU time of the job online-metrics for a prediction and its label, late by an hour to"
          + " 30 days, from a broker to its results, which are discarded; beside that of reading"
          + " both topics alone, in turns.",
      "state: size, duration and bytes of checkpoints while predictions gather that wait for"
          + " their labels, on a TaskManager of 4 GiB with two slots; a start from the last one."
          + " Ten million take 10 GB of disk."
    },
    mixinStandardHelpOptions = true)
public final class OnlineMetricsBenchmark implements Callable<Integer> {
  enum Part {
    cpu,
    state
  }

  @Option(
      names = "--parts",
      split = ",",
      defaultValue = "cpu,state",
      paramLabel = "PART",
      description = "default: ${DEFAULT-VALUE}.")
  private List<Part> parts;

  @Option(
      names = "--predictions",
      defaultValue = "2000000",
      paramLabel = "N",
      description = "Of cpu; default: ${DEFAULT-VALUE}.")
  private int predictions;

  @Option(
      names = "--rounds",
      defaultValue = "3",
      paramLabel = "N",
      description = "Rounds of cpu that count, after one that does not; default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Option(
      names = "--waiting",
      split = ",",
      defaultValue = "1000000,2000000,5000000,10000000",
      paramLabel = "N",
      description = "Of state, ascending; default: ${DEFAULT-VALUE}.")
  private List<Integer> waiting;

  @Override
  public Integer call() throws Exception {
    Installation installation = Installation.current();
    Path folder = Files.createDirectories(installation.home().resolve("common/benchmarks/target"));
    if (parts.contains(Part.cpu)) {
      new JobCpu(installation, folder, predictions, rounds).print();
    }
    if (parts.contains(Part.state)) {
      int most = waiting.get(waiting.size() - 1);
      try (WaitingPredictions run = new WaitingPredictions(installation, folder, most)) {
        run.print(waiting, most / 10);
      }
    }
    return 0;
  }
}
