package io.plumbline.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What the turns of a run came to: medians, and of ratios the median of those of each turn.
 *
 * @param ours one for each turn
 * @param theirs the other side in the same turns; empty if there is none
 */
record DriftRow(DriftRun run, List<TimedProcess> ours, List<TimedProcess> theirs) {
  static final String HEAD =
      """
      | run | against | CPU s | against | ratio | wall s | against | ratio | at most | peak MiB | against | at most |
      | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |""";

  /** A line of a table in Markdown, below {@link #HEAD}. */
  @Override
  public String toString() {
    return "| "
        + String.join(
            " | ",
            run.words(),
            run.against() == null ? "" : run.against(),
            median(ours, TimedProcess::cpu, "%.1f"),
            median(theirs, TimedProcess::cpu, "%.1f"),
            ratio(TimedProcess::cpu),
            median(ours, TimedProcess::wall, "%.1f"),
            median(theirs, TimedProcess::wall, "%.1f"),
            ratio(TimedProcess::wall),
            run.against() == null
                ? format("%.0f s wall", run.limit())
                : format("%.2f CPU", run.limit()),
            median(ours, TimedProcess::peakMiB, "%.0f"),
            median(theirs, TimedProcess::peakMiB, "%.0f"),
            Long.toString(run.peakMiB()))
        + " |";
  }

  private String ratio(ToDoubleFunction<TimedProcess> figure) {
    if (theirs.isEmpty()) {
      return "";
    }
    double[] ratios = new double[ours.size()];
    for (int turn = 0; turn < ratios.length; turn++) {
      ratios[turn] = figure.applyAsDouble(ours.get(turn)) / figure.applyAsDouble(theirs.get(turn));
    }
    return format("%.3f", Median.of(ratios));
  }

  private static String median(
      List<TimedProcess> turns, ToDoubleFunction<TimedProcess> figure, String format) {
    return turns.isEmpty()
        ? ""
        : format(format, Median.of(turns.stream().mapToDouble(figure).toArray()));
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
