package io.plumbline.benchmarks;

import io.plumbline.benchmarks.decode.DecodeCommand;
import io.plumbline.benchmarks.onlinemetrics.OnlineMetricsBenchmark;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code plumbline bench}. */
@Command(
    name = "plumbline bench",
    description = {"Measures the jobs on this machine.", "Let nothing else run beside it."},
    mixinStandardHelpOptions = true,
    subcommands = {
      DriftBenchmark.class,
      SnapshotBenchmark.class,
      DecodeCommand.class,
      FeatureHealthBenchmark.class,
      OnlineMetricsBenchmark.class
    })
public final class Bench {
  private Bench() {}

  public static void main(String[] args) {
    CommandLine commandLine = new CommandLine(new Bench());
    if (args.length == 0) {
      commandLine.usage(System.err);
      System.exit(2);
    }
    System.exit(commandLine.execute(args));
  }
}
