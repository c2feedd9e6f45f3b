package io.plumbline.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plumbline bench drift}. */
@Command(
    name = "drift",
    description = {
      "The nightly run against DuckDB, against itself with more rows and with segments, and from"
          + " the shell: CPU and wall seconds and peak memory of whole processes, in turns.",
      "The data stays in common/benchmarks/target; 10,000,000 rows take 1.4 GB, and three times as"
          + " much for threefold."
    },
    mixinStandardHelpOptions = true)
final class DriftBenchmark implements Callable<Integer> {
  @Option(
      names = "--rows",
      defaultValue = "10000000",
      paramLabel = "N",
      description = "Rows a side, of 20 columns; default: ${DEFAULT-VALUE}.")
  private long rows;

  @Option(
      names = "--turns",
      defaultValue = "5",
      paramLabel = "N",
      description = "default: ${DEFAULT-VALUE}.")
  private int turns;

  @Option(
      names = "--runs",
      split = ",",
      defaultValue = "exact,approximate,threefold,segments,sample",
      paramLabel = "RUN",
      description = "Rows of the table; default: ${DEFAULT-VALUE}.")
  private List<DriftRun> runs;

  private NightlyRun nightly;

  @Override
  public Integer call() throws Exception {
    nightly = NightlyRun.built();
    List<DriftRow> table = new ArrayList<>();
    for (DriftRun run : runs) {
      table.add(measure(run));
    }
    System.out.println(DriftRow.HEAD);
    table.forEach(System.out::println);
    return 0;
  }

  private DriftRow measure(DriftRun run) throws Exception {
    List<TimedProcess> ours = new ArrayList<>();
    List<TimedProcess> theirs = new ArrayList<>();
    for (int turn = 1; turn <= turns; turn++) {
      ours.add(tell(run, turn, "", ours(run)));
      if (run.against() != null) {
        theirs.add(tell(run, turn, "against, ", theirs(run)));
      }
    }
    return new DriftRow(run, ours, theirs);
  }

  private static TimedProcess tell(DriftRun run, int turn, String side, TimedProcess took) {
    System.err.printf(
        Locale.ROOT,
        "%s, %sturn %d: %.1f CPU s, %.1f s, %.0f MiB%n",
        run,
        side,
        turn,
        took.cpu(),
        took.wall(),
        took.peakMiB());
    return took;
  }

  private TimedProcess ours(DriftRun run) throws Exception {
    return switch (run) {
      case exact -> drift(rows);
      case approximate -> drift(rows, "--approximate");
      case threefold -> drift(3 * rows);
      case segments -> drift(rows, "--segment-by", "c_20");
      case sample -> sample();
    };
  }

  private TimedProcess theirs(DriftRun run) throws Exception {
    return switch (run) {
      case exact -> duckDb(nightly.data(rows), false);
      case approximate -> duckDb(nightly.data(rows), true);
      case threefold, segments -> drift(rows);
      case sample -> throw new IllegalArgumentException("nothing to compare with: " + run);
    };
  }

  private TimedProcess drift(long size, String... options) throws Exception {
    Path data = nightly.data(size);
    return nightly.drift(data, data.resolve("ref"), data.resolve("cur"), options);
  }

  private TimedProcess sample() throws Exception {
    Path flights = nightly.root().resolve("samples/flights");
    return nightly.drift(
        nightly.target(),
        flights.resolve("reference.parquet"),
        flights.resolve("current_june.parquet"));
  }

  private static TimedProcess duckDb(Path data, boolean approximate) throws Exception {
    return TimedProcess.run(
        data,
        ProcessHandle.current().info().command().orElse("java"),
        "-cp",
        System.getProperty("java.class.path"),
        DuckDbDrift.class.getName(),
        data.toString(),
        Boolean.toString(approximate));
  }
}
