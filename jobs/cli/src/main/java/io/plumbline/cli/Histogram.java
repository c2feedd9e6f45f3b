package io.plumbline.cli;

import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.explain.Part;
import io.plumbline.events.ReservedNames;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Both distributions of a feature beside each other, a line for each bin or category. */
final class Histogram {
  private static final int WIDTH = 80;
  private static final int INDENT = 2;
  private static final int LONGEST_LABEL = 26;
  private static final int LONGEST_BAR = 24;
  private static final int PERCENT = 7;

  /** Blocks from none to seven eighths of a column. */
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  /** Labels that are no names from the data. */
  private final Set<String> ours;

  private final int labelWidth;
  private final int barWidth;
  private final double fullBar;

  private Histogram(List<Part> parts) {
    ours =
        parts.stream()
            .filter(part -> part.kind() != Part.Kind.CATEGORY)
            .map(Part::label)
            .collect(Collectors.toSet());
    labelWidth = parts.stream().mapToInt(part -> TerminalText.columns(label(part))).max().orElse(0);
    int ofSides = WIDTH - INDENT - labelWidth;
    barWidth = Math.min(LONGEST_BAR, (ofSides - 2 * (2 + PERCENT + 1)) / 2);
    fullBar = parts.stream().mapToDouble(Histogram::larger).max().orElse(0);
  }

  /** Draws the parts in which a side has values; says why where there is nothing to draw. */
  static void print(Explanation explanation, PrintWriter out) {
    List<Part> parts = explanation.parts().stream().filter(part -> !part.empty()).toList();
    if (parts.isEmpty()) {
      out.println(
          explanation.type().equals("multivariate")
              ? "  no histogram: samples of several columns have no bins"
              : "  no histogram: the reference has no bins");
      return;
    }
    Histogram histogram = new Histogram(parts);
    out.println(histogram.line("", cell("", "reference"), cell("", "current")));
    for (Part part : parts) {
      out.println(
          histogram.line(
              histogram.label(part),
              histogram.side(part.referenceShare()),
              histogram.side(part.currentShare())));
    }
  }

  private static double larger(Part part) {
    return Math.max(
        part.referenceShare() == null ? 0 : part.referenceShare(),
        part.currentShare() == null ? 0 : part.currentShare());
  }

  private String label(Part part) {
    return TerminalText.shortened(TerminalText.plain(name(part)), LONGEST_LABEL);
  }

  private String name(Part part) {
    String label = part.label();
    if (part.kind() != Part.Kind.CATEGORY) {
      return label;
    }
    return label.isEmpty() || ours.contains(label)
        ? ReservedNames.inQuotes(label)
        : ReservedNames.quoted(label);
  }

  private String line(String label, String reference, String current) {
    String line =
        " ".repeat(INDENT)
            + TerminalText.padded(label, labelWidth)
            + "  "
            + TerminalText.padded(reference, PERCENT + 1 + barWidth)
            + "  "
            + current;
    return line.stripTrailing();
  }

  /** Null: the side has no values at all. */
  private String side(Double share) {
    return share == null ? cell("-", "") : cell(percent(share), bar(share));
  }

  private static String cell(String percent, String bar) {
    return " ".repeat(PERCENT - percent.length()) + percent + " " + bar;
  }

  private static String percent(double share) {
    return share > 0 && share < 0.0005
        ? "<0.1 %"
        : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** What is not zero is seen. */
  private String bar(double share) {
    if (share == 0) {
      return "";
    }
    int eighths = (int) Math.max(1, Math.round(share / fullBar * barWidth * 8));
    String end = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return "█".repeat(eighths / 8) + end;
  }
}
