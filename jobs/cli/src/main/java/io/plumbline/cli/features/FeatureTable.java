package io.plumbline.cli.features;

import io.plumbline.cli.report.Figures;
import io.plumbline.cli.rows.Cells;
import io.plumbline.cli.rows.RowTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Rows as columns for people. */
final class FeatureTable implements RowTable<FeatureRow> {
  private static final int LONGEST_NAME = 48;
  private static final int LONGEST_LIST = 32;
  private static final int LONGEST_ISSUE = 90;

  private final List<Column> columns;

  /**
   * @param places whether rows are about places, whose columns are then there too
   */
  FeatureTable(boolean places) {
    columns = Arrays.stream(Column.values()).filter(c -> places || !c.isOfPlace()).toList();
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

  @Override
  public List<String> heads() {
    return columns.stream().map(column -> column.head).toList();
  }

  @Override
  public boolean isNumber(int column) {
    return columns.get(column).isNumber();
  }

  @Override
  public List<String> cells(FeatureRow row, Instant now) {
    return columns.stream().map(column -> cell(column, row, now)).toList();
  }

  @Override
  public List<String> look(FeatureRow row) {
    return columns.stream()
        .filter(column -> column != Column.CHECKED)
        .map(column -> cell(column, row, Instant.EPOCH))
        .toList();
  }

  private static String cell(Column column, FeatureRow row, Instant now) {
    return switch (column) {
      case FEATURE -> Cells.shown(row.feature(), LONGEST_NAME);
      case MODEL -> Cells.shown(row.model(), LONGEST_NAME);
      case VERSION -> Cells.shown(row.modelVersion(), LONGEST_NAME);
      case SEGMENT -> Cells.shown(row.segment(), LONGEST_NAME);
      case HEALTH -> row.health().text();
      case CHECKED -> row.checkedAt() == null ? Cells.NOTHING : Cells.ago(row.checkedAt(), now);
      case AGE -> Cells.age(row.freshnessSeconds());
      case NULL_RATE -> Figures.percent(row.nullRatio());
      case ROWS -> Cells.count(row.rows());
      case OWNER -> Cells.shown(row.owner(), LONGEST_LIST);
      case SOURCE -> Cells.shown(String.join(", ", row.source()), LONGEST_LIST);
      case MODELS -> Cells.shown(String.join(", ", row.models()), LONGEST_LIST);
      case ISSUES -> issues(row.issues());
    };
  }

  private static String issues(List<String> issues) {
    if (issues.isEmpty()) {
      return "";
    }
    String first = Cells.shown(issues.get(0), LONGEST_ISSUE);
    return issues.size() == 1 ? first : "%s, +%d more".formatted(first, issues.size() - 1);
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
            .map(at -> "last check " + Cells.ago(at, now))
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
