package io.plumbline.cli.report;

import io.plumbline.cli.DriftReport;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** What stands in the page itself, so that it can be read where scripts do not run. */
final class ReportPage {
  private final DriftReport report;
  private final List<ReportedFeature> features;
  final List<String> segments;
  final String policy;
  final String style;
  final String script;
  final String overview;
  private final Words words;

  /**
   * @param segments the segments that have results, in the order of columns
   */
  ReportPage(
      DriftReport report,
      List<ReportedFeature> features,
      List<String> segments,
      PageSources sources,
      Words words)
      throws IOException {
    this.report = report;
    this.features = features;
    this.segments = segments;
    policy = sources.policy();
    style = sources.style();
    script = sources.script();
    overview = ReportData.overview(features, segments);
    this.words = words;
  }

  record Fact(String name, String value) {}

  record Level(String level, long count) {}

  record Column(String key, String name, boolean numeric, String sorted, String explanation) {}

  record Row(
      int index,
      String name,
      String type,
      String severity,
      String psi,
      String distance,
      String p,
      String missing,
      String segments) {}

  record Missing(
      String name, String reference, String current, String change, String p, String severity) {}

  String title() {
    return "Drift of %s %s on %s".formatted(model(), version(), date()).replace("  ", " ");
  }

  String model() {
    return report.plan().model();
  }

  String version() {
    return report.plan().modelVersion();
  }

  String date() {
    return report.plan().date().toString();
  }

  String verdict() {
    return report.verdict().text();
  }

  String state() {
    return report.verdict().drifted() ? "drifted" : "calm";
  }

  List<Fact> facts() {
    DriftPlan plan = report.plan();
    return List.of(
        new Fact("Reference", plan.referenceName()),
        new Fact("Reference rows", rows(plan.reference().rows())),
        new Fact("Current rows", rows(plan.current().rows())),
        new Fact("Run", plan.runId()),
        new Fact("Current data", plan.current().uri()));
  }

  private static String rows(long rows) {
    return String.format(Locale.ROOT, "%,d", rows);
  }

  List<Level> levels() {
    return Arrays.stream(Severity.values())
        .sorted(Comparator.reverseOrder())
        .map(
            severity ->
                new Level(
                    severity.text(),
                    features.stream()
                        .filter(f -> f.whole().overallSeverity().equals(severity.text()))
                        .count()))
        .filter(level -> level.count > 0)
        .toList();
  }

  boolean segmented() {
    return !segments.isEmpty();
  }

  boolean significance() {
    return report.plan().rules().rule() == Rule.SIGNIFICANCE;
  }

  List<Column> columns() {
    List<Column> columns =
        new ArrayList<>(
            List.of(
                new Column("name", "Feature", false, "none", "name of the feature"),
                new Column("type", "Type", false, "none", "how it is compared"),
                new Column(
                    "severity",
                    "Severity",
                    false,
                    "descending",
                    "the graver of distribution and missing cells"),
                new Column("psi", "PSI", true, "none", "population stability index"),
                new Column(
                    "distance", "JS distance", true, "none", "Jensen-Shannon distance, 0 to 1"),
                new Column(
                    "p", "p", true, "none", "p-value of Kolmogorov-Smirnov, chi-squared or MMD"),
                new Column(
                    "missing", "Missing", true, "none", "null, NaN or infinite cells today")));
    if (segmented()) {
      columns.add(
          new Column(
              "segments", "Segments drifted", true, "none", "segments with a medium or high"));
    }
    return columns;
  }

  List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (ReportedFeature feature : features) {
      DriftResult whole = feature.whole();
      rows.add(
          new Row(
              rows.size(),
              whole.feature(),
              whole.type(),
              whole.overallSeverity(),
              Figures.aligned(whole.psi()),
              Figures.aligned(whole.jsDistance()),
              Figures.number(Figures.pValue(whole)),
              Figures.percent(Figures.currentMissing(whole)),
              "%d of %d".formatted(feature.driftedSegments(), feature.segments().size())));
    }
    return rows;
  }

  record Details(int index, String json) {}

  /** Made one by one while the page is written. */
  Iterable<Details> details() {
    return () ->
        IntStream.range(0, features.size())
            .mapToObj(index -> new Details(index, details(features.get(index))))
            .iterator();
  }

  private String details(ReportedFeature feature) {
    try {
      return ReportData.details(feature, segments, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Missing> missing() {
    return features.stream()
        .map(ReportedFeature::whole)
        .filter(
            whole ->
                orZero(Figures.referenceMissing(whole)) + orZero(Figures.currentMissing(whole)) > 0)
        .sorted(Comparator.comparingDouble((DriftResult whole) -> -Math.abs(change(whole))))
        .map(
            whole ->
                new Missing(
                    whole.feature(),
                    Figures.percent(Figures.referenceMissing(whole)),
                    Figures.percent(Figures.currentMissing(whole)),
                    String.format(Locale.ROOT, "%+.1f", 100 * change(whole)),
                    Figures.number(whole.missingPValue()),
                    whole.missingSeverity() == null ? "" : whole.missingSeverity()))
        .toList();
  }

  boolean anyMissing() {
    return !missing().isEmpty();
  }

  /** How many features have every cell. */
  String complete() {
    int complete = features.size() - missing().size();
    return complete == 0
        ? ""
        : "No cell is missing in the other %d of %d features.".formatted(complete, features.size());
  }

  private static double change(DriftResult whole) {
    return orZero(Figures.currentMissing(whole)) - orZero(Figures.referenceMissing(whole));
  }

  private static double orZero(Double share) {
    return share == null ? 0 : share;
  }

  List<DriftPlan.LeftOut> leftOut() {
    return report.leftOut();
  }

  boolean anyLeftOut() {
    return !report.leftOut().isEmpty();
  }
}
