package io.plumbline.cli;

import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.binding.NearestName;
import io.plumbline.runtime.input.BadInput;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code --explain} and {@code --histograms} ask for, and what is printed of it. */
final class Explained {
  private final Set<String> names;
  private final boolean histograms;

  /**
   * @param names the features to be explained in words, in the order in which they are
   * @param histograms whether distributions are drawn: of these features, or else of all that
   *     drifted
   */
  Explained(List<String> names, boolean histograms) {
    this.names = new LinkedHashSet<>(names);
    this.histograms = histograms;
  }

  /**
   * @throws BadInput if the run will have no result for a name
   */
  void check(DriftPlan plan) {
    List<String> known = plan.features().stream().map(PlannedFeature::name).toList();
    for (String name : names) {
      if (known.contains(name)) {
        continue;
      }
      for (DriftPlan.LeftOut column : plan.leftOut()) {
        if (column.column().equals(name)) {
          throw notExplained(name + " is left out (" + column.reason() + ")");
        }
      }
      throw notExplained("the run compares no feature " + name + NearestName.hint(name, known));
    }
  }

  private static BadInput notExplained(String why) {
    return new BadInput("--explain: " + TerminalText.plain(why));
  }

  /** The explanations by name; a feature that the data showed not to be one has none. */
  Map<String, Explanation> explanations(DriftReport report) {
    Map<String, Explanation> byName = new LinkedHashMap<>();
    for (String name : names) {
      explain(name, report, byName);
    }
    return byName;
  }

  private static void explain(String name, DriftReport report, Map<String, Explanation> byName) {
    List<DriftResult> results =
        report.results().stream().filter(result -> result.feature().equals(name)).toList();
    List<DriftResult> segments =
        results.stream().filter(result -> !result.segment().isEmpty()).toList();
    results.stream()
        .filter(result -> result.segment().isEmpty())
        .map(whole -> Explanation.of(whole, segments, report.plan().rules()))
        .forEach(explanation -> byName.put(name, explanation));
  }

  /** Prints what is asked for, below the table. */
  void print(DriftReport report, PrintWriter out) {
    if (names.isEmpty() && histograms) {
      printDrifted(report, out);
      return;
    }
    Map<String, Explanation> explanations = explanations(report);
    for (String name : names) {
      out.println();
      Explanation explanation = explanations.get(name);
      if (explanation == null) {
        out.printf(
            "%s: left out (%s)%n",
            TerminalText.plain(name), TerminalText.plain(reasonLeftOut(name, report)));
        continue;
      }
      ExplanationText.printHeading(explanation, out);
      ExplanationText.printWords(explanation, out);
      if (histograms) {
        out.println();
        Histogram.print(explanation, out);
      }
    }
  }

  private static String reasonLeftOut(String name, DriftReport report) {
    return report.leftOut().stream()
        .filter(column -> column.column().equals(name))
        .map(DriftPlan.LeftOut::reason)
        .findFirst()
        .orElse("no result");
  }

  private static void printDrifted(DriftReport report, PrintWriter out) {
    Map<String, Explanation> drifted = new LinkedHashMap<>();
    report.results().stream()
        .filter(result -> result.segment().isEmpty() && result.driftDetected())
        .forEach(
            whole ->
                drifted.put(
                    whole.feature(), Explanation.of(whole, List.of(), report.plan().rules())));
    if (drifted.isEmpty()) {
      out.println();
      out.println("No feature drifted, so nothing is drawn; --explain names others.");
    }
    for (Explanation explanation : drifted.values()) {
      out.println();
      ExplanationText.printHeading(explanation, out);
      Histogram.print(explanation, out);
    }
  }
}
