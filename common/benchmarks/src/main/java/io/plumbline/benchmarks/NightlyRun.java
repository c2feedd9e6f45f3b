package io.plumbline.benchmarks;

import io.plumbline.cluster.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The command {@code plumbline} of this project as a process that is timed, and the data that it
 * compares.
 *
 * @param root of the project
 */
record NightlyRun(Path root) {

  /**
   * That of this installation; the command is built if it must be, so that no run is timed with it.
   */
  static NightlyRun built() throws IOException, InterruptedException {
    NightlyRun run = new NightlyRun(Installation.current().home());
    run.timed(run.target(), "--version");
    return run;
  }

  /** The folder of all that benchmarks leave. */
  Path target() throws IOException {
    return Files.createDirectories(root.resolve("common/benchmarks/target"));
  }

  /** The folder of a data set with so many rows a side, which is drawn unless it is there. */
  Path data(long rows) throws Exception {
    Path data = Files.createDirectories(target().resolve("drift-" + rows));
    DriftData.write(data, rows);
    return data;
  }

  /**
   * Runs the command to its end.
   *
   * @param folder gets what it prints
   */
  TimedProcess timed(Path folder, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(root.resolve("plumbline").toString()));
    command.addAll(Arrays.asList(args));
    return TimedProcess.run(folder, command.toArray(String[]::new));
  }

  /** Compares, with the tables in the folder. */
  TimedProcess drift(Path folder, Path reference, Path current, String... options)
      throws IOException, InterruptedException {
    List<String> args = new ArrayList<>(List.of("drift", "--reference", reference.toString()));
    args.addAll(List.of("--current", current.toString()));
    args.addAll(List.of("--output", folder.resolve("tables").toString()));
    args.addAll(Arrays.asList(options));
    return timed(folder, args.toArray(String[]::new));
  }
}
