package io.plumbline.cli;

import io.plumbline.cli.report.ReportFile;
import io.plumbline.drift.ColumnName;
import io.plumbline.drift.DriftOptions;
import io.plumbline.drift.DriftPlanner;
import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.OutputFolder;
import io.plumbline.drift.table.ResultTables;
import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code plumbline drift}: the nightly comparison in this process. */
@Command(
    name = "drift",
    description =
        "Compares current data with a reference, both Parquet: a file or a directory, local or on"
            + " any Flink file system. Prints what has drifted and writes the metric tables and a"
            + " report.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DriftCommand implements Callable<Integer> {
  /** How results are printed. */
  enum Format {
    table,
    json
  }

  @Mixin private DriftOptions options;

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = "table (default) or json, one document.")
  private Format format;

  @Option(
      names = "--fail-on",
      paramLabel = "LEVEL",
      description =
          "Exit with 3 if a feature reaches low, medium or high, or, with drifted, if the data set"
              + " has drifted; also if a side has no rows.")
  private FailOn failOn;

  @Option(
      names = "--explain",
      paramLabel = "A,B",
      split = ",",
      converter = ColumnName.class,
      description =
          "Say in words what moved in these features, how much that is, how sure, and in which"
              + " segments: below the table, or as explanation of the feature in the JSON.")
  private List<String> explain = List.of();

  @Option(
      names = "--histograms",
      description =
          "Draw both distributions of each drifted feature, or of those of --explain, below the"
              + " table; not with --format json, which has the counts.")
  private boolean histograms;

  @ArgGroup private ReportOptions reportOptions = new ReportOptions();

  /** Whether and where a report is written. */
  static final class ReportOptions {
    @Option(
        names = "--report",
        paramLabel = "FILE.html",
        description =
            "Where the report goes, a page for the browser; default: a file in DIR/reports, where"
                + " DIR is the folder of the tables.")
    String file;

    @Option(names = "--no-report", description = "Write no report.")
    boolean none;
  }

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (histograms && format == Format.json) {
      throw new BadInput("--histograms: expected --format table; json has the counts");
    }
    Clock clock = Clock.systemUTC();
    long started = System.nanoTime();
    Notes notes = new Notes(spec);
    DriftPlan plan = DriftPlanner.plan(options, clock, notes);
    OutputFolder.require("--output", plan.output());
    for (String table : ResultTables.FOLDERS) {
      OutputFolder.require("--output", plan.output() + "/" + table);
    }
    Explained explained = new Explained(explain, histograms);
    explained.check(plan);
    ReportFile page = reportOptions.none ? null : ReportFile.of(reportOptions.file, plan);
    EmbeddedDrift run = new EmbeddedDrift(plan, clock, options.parallelism(), notes);
    DriftReport report = run.execute(started);
    PrintWriter out = spec.commandLine().getOut();
    if (format == Format.json) {
      DriftJson.print(report, explained.explanations(report), out);
    } else {
      PrintWriter text = TerminalWriter.over(out);
      DriftTable.print(report, text);
      explained.print(report, text);
      text.flush();
    }
    out.flush();
    if (page != null) {
      page.write(
          report, (whole, segments) -> Explanation.of(whole, segments, plan.rules()).sentences());
      // Whoever reads JSON reads nothing else.
      PrintWriter told =
          format == Format.json ? spec.commandLine().getErr() : TerminalWriter.over(out);
      told.println("report: " + page);
      told.flush();
    }
    return failOn == null ? ExitCode.RAN : judged(plan, report);
  }

  /** Who stops at what is found must not go on where nothing could be. */
  private int judged(DriftPlan plan, DriftReport report) {
    for (InputFiles side : List.of(plan.reference(), plan.current())) {
      if (side.rows() == 0) {
        spec.commandLine()
            .getErr()
            .println("--fail-on: %s has no rows: nothing was judged".formatted(side.uri()));
        return ExitCode.FAIL_ON;
      }
    }
    return failOn.reached(report.results(), report.verdict()) ? ExitCode.FAIL_ON : ExitCode.RAN;
  }
}
