package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.explain.Part;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Distributions in block characters. */
class HistogramTest {
  private static Part part(String label, double reference, Double current) {
    return new Part(
        Part.Kind.CATEGORY,
        label,
        Math.round(1e6 * reference),
        current == null ? 0 : Math.round(1e6 * current),
        reference,
        current,
        null);
  }

  private static List<String> drawn(String type, Part... parts) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    Explanation explanation =
        new Explanation(
            "f", type, "high", List.of(parts), List.of(), List.of(), List.of(), Map.of());
    Histogram.print(explanation, out);
    out.flush();
    return text.toString().lines().toList();
  }

  @Test
  void bothSidesStandBesideEachOtherOnOneScale() {
    // The widest label has 5 columns, so a bar has (80 - 2 - 5 - 20) / 2 = 26, but at most 24;
    // 0.5 fills it, 0.25 is 12, 0.26 is 12.48 or 12 and 4/8, 0.00001 is seen as 1/8.
    assertThat(
            drawn(
                "categorical",
                part("a", 0.5, 0.25),
                part("below", 0.24, 0.26),
                part("c", 0.00001, 0.0)))
        .containsExactly(
            " ".repeat(17) + "reference" + " ".repeat(25) + "current",
            "  a       50.0 % " + "█".repeat(24) + "   25.0 % " + "█".repeat(12),
            "  below   24.0 % "
                + "█".repeat(11)
                + "▌"
                + " ".repeat(12)
                + "   26.0 % "
                + "█".repeat(12)
                + "▌",
            "  c       <0.1 % ▏" + " ".repeat(23) + "    0.0 %");
  }

  @Test
  void fitsEightyColumnsWhateverNamesAreLike() {
    List<Part> parts = new ArrayList<>();
    parts.add(part("x".repeat(500), 1, 0.9));
    parts.add(part("名前".repeat(20), 0.5, 1.0));
    parts.add(part("e\u0301", 0.3, 0.3));
    parts.add(part("turn\r\n\u001b[2J\u009b\u202e", 1, 1.0));
    parts.add(part("", 0.1, 0.1));
    List<String> lines = drawn("categorical", parts.toArray(Part[]::new));
    assertThat(lines)
        .allSatisfy(line -> assertThat(TerminalText.columns(line)).isLessThanOrEqualTo(80));
    assertThat(lines.get(4)).startsWith("  turn\uFFFD\uFFFD\uFFFD[2J\uFFFD\uFFFD  ");
    assertThat(lines.get(5)).startsWith("  \"\"  ");
    for (String line : lines.subList(1, lines.size())) {
      // Indent, label and two spaces, then seven columns of per cent.
      String before = line.substring(0, line.indexOf('%'));
      assertThat(TerminalText.columns(before)).isEqualTo(2 + 26 + 2 + 6);
    }
  }

  @Test
  void categoriesAreToldFromWordsOfOurs() {
    Part ours = new Part(Part.Kind.NEW, "new categories", 0, 100_000, 0.0, 0.1, null);
    List<String> lines =
        drawn(
            "categorical",
            part("new categories", 0.5, 0.4),
            part("\"new categories\"", 0.3, 0.3),
            part("__new__", 0.2, 0.2),
            ours);
    assertThat(lines.get(1)).startsWith("  \"new categories\"  ");
    assertThat(lines.get(2)).startsWith("  \"\\\"new categories\\\"\"  ");
    assertThat(lines.get(3)).startsWith("  \"__new__\"  ");
    assertThat(lines.get(4)).startsWith("  new categories  ");
  }

  @Test
  void aSideWithoutValuesHasNoShares() {
    assertThat(drawn("numeric", part("5", 1, null)).get(1))
        .isEqualTo("  5  100.0 % " + "█".repeat(24) + "        -");
    assertThat(drawn("numeric", part("5", 0, 0.0)))
        .containsExactly("  no histogram: the reference has no bins");
    assertThat(drawn("multivariate"))
        .containsExactly("  no histogram: samples of several columns have no bins");
  }

  @Test
  void textIsBrokenAtSpacesButNotBeforePerCent() {
    assertThat(TerminalText.wrapped("from 10.0 % to 9 %", 10))
        .containsExactly("from", "10.0 % to", "9 %");
    assertThat(TerminalText.wrapped("a verylongword b", 5))
        .containsExactly("a", "verylongword", "b");
  }
}
