package io.plumbline.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline bench snapshot}. */
@Command(
    name = "snapshot",
    description = {
      "CPU time of the nightly run with a profile in place of the reference, against the run with"
          + " the data itself, in turns, as whole processes.",
      "The data stays in common/benchmarks/target; 10,000,000 rows take 1.4 GB."
    },
    mixinStandardHelpOptions = true)
final class SnapshotBenchmark implements Callable<Integer> {
  @Option(
      names = "--rows",
      defaultValue = "10000000",
      paramLabel = "N",
      description = "Rows a side, of 20 columns; default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--turns",
      defaultValue = "3",
      paramLabel = "N",
      description = "default: ${DEFAULT-VALUE}.")
  private int turns;

  private NightlyRun nightly;
  private Path data;

  @Override
  public Integer call() throws Exception {
    nightly = NightlyRun.built();
    data = nightly.data(rows);
    System.err.printf(Locale.ROOT, "%,d rows a side, in %s%n", rows, data);
    Path profile = data.resolve("profile");
    print(
        "snapshot",
        nightly.timed(
            data,
            "snapshot",
            "--input",
            data.resolve("ref").toString(),
            "--output",
            profile.toString()));
    System.out.printf(
        Locale.ROOT, "profile: %.1f MB%n", Files.size(profile.resolve("profile.parquet")) / 1e6);
    double[] ratios = new double[turns];
    for (int turn = 0; turn < turns; turn++) {
      TimedProcess ofData = drift(data.resolve("ref"));
      print("drift with data", ofData);
      TimedProcess ofProfile = drift(profile);
      print("drift with profile", ofProfile);
      ratios[turn] = ofProfile.cpu() / ofData.cpu();
    }
    System.out.printf(Locale.ROOT, "median ratio %.3f CPU%n", Median.of(ratios));
    return 0;
  }

  private TimedProcess drift(Path reference) throws Exception {
    return nightly.drift(data, reference, data.resolve("cur"), "--no-report");
  }

  private static void print(String what, TimedProcess took) {
    System.out.printf(Locale.ROOT, "%-18s  %6.1f CPU s  %6.1f s%n", what, took.cpu(), took.wall());
  }
}
