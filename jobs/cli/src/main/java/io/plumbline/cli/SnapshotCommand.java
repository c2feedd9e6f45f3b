package io.plumbline.cli;

import io.plumbline.drift.SnapshotJob;
import io.plumbline.drift.SnapshotOptions;
import io.plumbline.drift.SnapshotPlanner;
import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.drift.plan.OutputFolder;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.drift.snapshot.WrittenProfile;
import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code plumbline snapshot}: the profile of a reference. */
@Command(
    name = "snapshot",
    description = {
      "Reads a reference once and writes its profile, which 'drift --reference' then takes in its"
          + " place.",
      "'snapshot merge' puts profiles together, for example a week's days."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = SnapshotCommand.Merge.class)
final class SnapshotCommand implements Callable<Integer> {
  @Mixin private SnapshotOptions options;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    run(SnapshotPlanner.plan(options, new Notes(spec)), options.parallelism(), spec);
    return ExitCode.RAN;
  }

  private static void run(SnapshotPlan plan, Integer parallelism, CommandSpec spec)
      throws Exception {
    OutputFolder.require("--output", plan.output());
    List<WrittenProfile> written = take(plan, parallelism);
    PrintWriter out = TerminalWriter.over(spec.commandLine().getOut());
    plan.leftOut().forEach(left -> print(left, out));
    for (WrittenProfile one : written) {
      if (one.path() == null) {
        print(new LeftOut(one.column(), one.reason()), out);
      }
    }
    for (WrittenProfile one : written) {
      if (one.path() != null) {
        out.printf(
            Locale.ROOT,
            "%s: %,d features of %,d rows, %,.1f kB%n",
            one.path(),
            one.features(),
            one.rows(),
            one.bytes() / 1e3);
      }
    }
    out.flush();
  }

  /** Runs the job; what it wrote and left out. */
  static List<WrittenProfile> take(SnapshotPlan plan, Integer parallelism) throws Exception {
    List<WrittenProfile> written = new ArrayList<>();
    EmbeddedFlink.run(
        SnapshotJob.NAME,
        parallelism,
        plan.rows(),
        env -> SnapshotJob.define(env, plan),
        written::add);
    return written;
  }

  private static void print(LeftOut left, PrintWriter out) {
    out.printf(
        "left out: %s (%s)%n", TerminalText.name(left.column()), TerminalText.plain(left.reason()));
  }

  /** {@code plumbline snapshot merge}. */
  @Command(
      name = "merge",
      description = {
        "Puts profiles of different data together: the same, whatever their order.",
        "The quantiles of the whole then have a bound, unless the profiles keep every value."
      },
      mixinStandardHelpOptions = true)
  static final class Merge implements Callable<Integer> {
    private static final int LEAST = 2;

    @Parameters(
        paramLabel = "PROFILE",
        description = "Folders or files that 'plumbline snapshot' wrote; at least two.")
    private List<String> profiles = List.of();

    @Option(
        names = "--output",
        paramLabel = "DIR",
        required = true,
        description = "Folder that gets profile.parquet, in place of an earlier one.")
    private String output;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
      if (profiles.size() < LEAST) {
        throw new BadInput(
            "PROFILE: expected at least two profiles, found %d".formatted(profiles.size()));
      }
      run(SnapshotPlanner.merge(profiles, output), null, spec);
      return ExitCode.RAN;
    }
  }
}
