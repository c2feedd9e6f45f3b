package io.plumbline.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The nightly run against DuckDB on the same data, in turns, as whole processes: prints the seconds
 * of CPU (user and system, all threads, start included) and of wall time of each, and the ratios of
 * each turn with their median.
 */
final class DriftBenchmark {
  private DriftBenchmark() {}

  /**
   * @param args root of the project, directory for the data, rows a side, turns
   */
  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Path data = Files.createDirectories(Path.of(args[1])).toAbsolutePath();
    long rows = Long.parseLong(args[2]);
    int turns = Integer.parseInt(args[3]);
    System.out.printf(Locale.ROOT, "data: %,d rows a side, 20 columns, in %s%n", rows, data);
    DriftData.write(data, rows);
    double[] cpu = new double[turns];
    double[] wall = new double[turns];
    for (int turn = 0; turn < turns; turn++) {
      TimedProcess ours =
          TimedProcess.run(
              data,
              root.resolve("plumbline").toString(),
              "drift",
              "--reference",
              data.resolve("ref").toString(),
              "--current",
              data.resolve("cur").toString(),
              "--output",
              data.resolve("tables").toString());
      TimedProcess theirs =
          TimedProcess.run(
              data,
              ProcessHandle.current().info().command().orElse("java"),
              "-cp",
              System.getProperty("java.class.path"),
              DuckDbDrift.class.getName(),
              data.toString());
      cpu[turn] = ours.cpu() / theirs.cpu();
      wall[turn] = ours.wall() / theirs.wall();
      System.out.printf(
          Locale.ROOT,
          "turn %d: plumbline %.1f CPU s, %.1f s; DuckDB %.1f CPU s, %.1f s; ratio %.3f CPU, %.3f wall%n",
          turn + 1,
          ours.cpu(),
          ours.wall(),
          theirs.cpu(),
          theirs.wall(),
          cpu[turn],
          wall[turn]);
    }
    System.out.printf(
        Locale.ROOT, "median ratio %.3f CPU, %.3f wall%n", Median.of(cpu), Median.of(wall));
  }
}
