package io.plumbline.cli;

import io.plumbline.cli.report.Figures;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The report as a table for people, gravest first. */
final class DriftTable {
  private static final String[] HEAD = {
    "feature", "type", "rows", "missing", "PSI", "KS/chi2", "p", "W1/JS", "severity", ""
  };
  private static final int SEGMENTS_SHOWN = 20;
  private static final int BAR = 10;

  /** A PSI that fills the bar: twice what is high by default. */
  private static final double FULL_BAR = 0.5;

  private static final int LONGEST_NAME = 48;

  private DriftTable() {}

  static void print(DriftReport report, PrintWriter out) {
    List<String[]> rows = new ArrayList<>();
    rows.add(HEAD);
    List<DriftResult> segments = new ArrayList<>();
    for (DriftResult result : report.results()) {
      if (result.segment().isEmpty()) {
        rows.add(row(result));
      } else if (result.driftDetected()) {
        segments.add(result);
      }
    }
    if (!segments.isEmpty()) {
      rows.add(new String[HEAD.length]);
      segments.stream().limit(SEGMENTS_SHOWN).forEach(segment -> rows.add(row(segment)));
    }
    print(rows, out);
    if (segments.size() > SEGMENTS_SHOWN) {
      out.printf(
          Locale.ROOT,
          "and %d more drifted segments, in the tables and with --format json%n",
          segments.size() - SEGMENTS_SHOWN);
    }
    reasons(report, out);
    for (DriftPlan.LeftOut column : report.leftOut()) {
      out.printf(
          "left out: %s (%s)%n",
          TerminalText.name(column.column()), TerminalText.plain(column.reason()));
    }
    out.println();
    out.printf(
        Locale.ROOT,
        "%s; %.1f s, %,.0f rows/s%n",
        report.verdict().text(),
        report.seconds(),
        report.rowsPerSecond());
  }

  private static void reasons(DriftReport report, PrintWriter out) {
    boolean first = true;
    for (DriftResult result : report.results()) {
      Severity overall = Severity.of(result.overallSeverity());
      if (!result.segment().isEmpty() || overall.compareTo(Severity.LOW) < 0) {
        continue;
      }
      out.print(first ? System.lineSeparator() : "");
      first = false;
      out.printf(
          "%s: %s%n", TerminalText.plain(result.feature()), TerminalText.plain(result.reason()));
    }
    out.print(first ? "" : System.lineSeparator());
  }

  private static String[] row(DriftResult r) {
    boolean categorical = r.type().equals("categorical");
    boolean sampled = r.ksStatistic() == null && r.mmd2() != null;
    Double statistic = categorical ? r.chi2Statistic() : sampled ? r.mmd2() : r.ksStatistic();
    String name = r.segment().isEmpty() ? r.feature() : r.feature() + " [" + r.segment() + "]";
    return new String[] {
      shortened(TerminalText.plain(name)),
      r.type(),
      String.format(Locale.ROOT, "%,d", r.currentRows()),
      Figures.percent(Figures.currentMissing(r)),
      Figures.number(r.psi()),
      Figures.number(statistic),
      Figures.number(Figures.pValue(r)),
      Figures.number(categorical ? r.jsDistance() : r.wasserstein()),
      r.overallSeverity(),
      bar(r.psi())
    };
  }

  private static String bar(Double psi) {
    if (psi == null) {
      return "";
    }
    int filled = (int) Math.round(Math.min(1, psi / FULL_BAR) * BAR);
    return "█".repeat(filled) + "·".repeat(BAR - filled);
  }

  private static String shortened(String name) {
    return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
  }

  private static void print(List<String[]> rows, PrintWriter out) {
    int[] widths = new int[HEAD.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i] == null ? 0 : row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String cell = row[i] == null ? "" : row[i];
        String padding = " ".repeat(widths[i] - cell.length());
        boolean left = i < 2 || i >= 8;
        line.append(left ? cell + padding : padding + cell).append("  ");
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
