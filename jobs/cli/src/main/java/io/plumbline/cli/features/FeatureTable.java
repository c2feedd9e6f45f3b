package io.plumbline.cli.features;

import io.plumbline.cli.TerminalText;
import io.plumbline.cli.report.Figures;
import io.plumbline.runtime.expectation.Quantities;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Rows as columns for people. */
final class FeatureTable {
  private static final int LONGEST_NAME = 48;
  private static final int LONGEST_LIST = 32;
  private static final int LONGEST_ISSUE = 90;

  private final List<Column> columns;

  /** Never narrower than before, so that what is printed later stands below. */
  private final int[] widths;

  /**
   * @param places whether rows are about places, whose columns are then there too
   */
  FeatureTable(boolean places) {
    columns = Arrays.stream(Column.values()).filter(c -> places || !c.isOfPlace()).toList();
    widths = new int[columns.size()];
  }

  private enum Column {
    FEATURE("feature"),
    MODEL("model"),
    VERSION("version"),
    SEGMENT("segment"),
    HEALTH("health"),
    CHECKED("checked"),
    AGE("age"),
    NULL_RATE("null rate"),
    ROWS("rows"),
    OWNER("owner"),
    SOURCE("source"),
    MODELS("models"),
    ISSUES("issues");

    private final String head;

    Column(String head) {
      this.head = head;
    }

    private boolean isOfPlace() {
      return this == MODEL || this == VERSION || this == SEGMENT;
    }

    private boolean isNumber() {
      return this == CHECKED || this == AGE || this == NULL_RATE || this == ROWS;
    }
  }

  /** What the table shows of a row. */
  List<String> cells(FeatureRow row, Instant now) {
    return columns.stream().map(column -> cell(column, row, now)).toList();
  }

  /** The same without what grows by itself. */
  List<String> look(FeatureRow row) {
    return columns.stream()
        .filter(column -> column != Column.CHECKED)
        .map(column -> cell(column, row, Instant.EPOCH))
        .toList();
  }

  private static String cell(Column column, FeatureRow row, Instant now) {
    return switch (column) {
      case FEATURE -> shown(row.feature(), LONGEST_NAME);
      case MODEL -> shown(row.model(), LONGEST_NAME);
      case VERSION -> shown(row.modelVersion(), LONGEST_NAME);
      case SEGMENT -> shown(row.segment(), LONGEST_NAME);
      case HEALTH -> row.health().text();
      case CHECKED -> row.checkedAt() == null ? "-" : ago(row.checkedAt(), now);
      case AGE -> age(row.freshnessSeconds());
      case NULL_RATE -> Figures.percent(row.nullRatio());
      case ROWS -> row.rows() == null ? "-" : String.format(Locale.ROOT, "%,d", row.rows());
      case OWNER -> shown(row.owner(), LONGEST_LIST);
      case SOURCE -> shown(String.join(", ", row.source()), LONGEST_LIST);
      case MODELS -> shown(String.join(", ", row.models()), LONGEST_LIST);
      case ISSUES -> issues(row.issues());
    };
  }

  private static String shown(String text, int most) {
    return text == null || text.isEmpty()
        ? "-"
        : TerminalText.shortened(TerminalText.plain(text), most);
  }

  private static String age(Double seconds) {
    return seconds == null ? "-" : Quantities.length(Duration.ofSeconds(Math.round(seconds)));
  }

  private static String ago(Instant at, Instant now) {
    return age(Math.max(0, Duration.between(at, now).toMillis() / 1000.0)) + " ago";
  }

  private static String issues(List<String> issues) {
    if (issues.isEmpty()) {
      return "";
    }
    String first = shown(issues.get(0), LONGEST_ISSUE);
    return issues.size() == 1 ? first : "%s, +%d more".formatted(first, issues.size() - 1);
  }

  /** A line with the names of the columns, and one for each row. */
  void print(List<FeatureRow> rows, Instant now, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.stream().map(column -> column.head).toList());
    rows.forEach(row -> lines.add(cells(row, now)));
    lines(lines).forEach(out::println);
  }

  /** A line for each row, and no other. */
  void printRows(List<FeatureRow> rows, Instant now, PrintWriter out) {
    lines(rows.stream().map(row -> cells(row, now)).toList()).forEach(out::println);
  }

  private List<String> lines(List<List<String>> rows) {
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], TerminalText.columns(row.get(i)));
      }
    }
    return rows.stream().map(this::line).toList();
  }

  private String line(List<String> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = row.get(i);
      String space = " ".repeat(widths[i] - TerminalText.columns(cell));
      line.append(columns.get(i).isNumber() ? space + cell : cell + space).append("  ");
    }
    return line.toString().stripTrailing();
  }

  /**
   * How many there are, and how old that is: of a job that has ended, all may look well for ever.
   *
   * @param rows all, whichever are shown
   */
  static String summary(Collection<FeatureRow> rows, Instant now) {
    String last =
        rows.stream()
            .map(FeatureRow::checkedAt)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .map(at -> "last check " + ago(at, now))
            .orElse("no check yet");
    return "%d unhealthy, %d without data, %d not checked, %d healthy; %s"
        .formatted(
            count(rows, Health.UNHEALTHY),
            count(rows, Health.NO_DATA),
            count(rows, Health.NOT_CHECKED),
            count(rows, Health.HEALTHY),
            last);
  }

  private static long count(Collection<FeatureRow> rows, Health health) {
    return rows.stream().filter(row -> row.health() == health).count();
  }
}
