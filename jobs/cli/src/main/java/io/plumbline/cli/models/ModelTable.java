package io.plumbline.cli.models;

import io.plumbline.cli.report.Figures;
import io.plumbline.cli.rows.Cells;
import io.plumbline.cli.rows.RowTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Rows as columns for people. */
final class ModelTable implements RowTable<ModelRow> {
  private static final int LONGEST_NAME = 48;

  private final List<Column> columns;

  /**
   * @param metrics whether rows are about metrics, which then are told in full
   */
  ModelTable(boolean metrics) {
    columns =
        Arrays.stream(Column.values())
            .filter(column -> metrics ? !column.isOfVersion() : !column.isOfMetric())
            .toList();
  }

  private enum Column {
    MODEL("model"),
    VERSION("version"),
    ROLE("role"),
    STATE("state"),
    SILENCE("silence"),
    ROWS("rows"),
    ERRORS("errors"),
    METRIC("metric"),
    VALUE("value"),
    BOUND("bound"),
    COUNT("count"),
    COVERAGE("coverage"),
    WINDOW("window"),
    AGE("age"),
    FINAL("final"),
    TREND("trend");

    private final String head;

    Column(String head) {
      this.head = head;
    }

    private boolean isOfVersion() {
      return this == SILENCE || this == ROWS || this == ERRORS;
    }

    private boolean isOfMetric() {
      return this == BOUND || this == COUNT || this == FINAL;
    }

    private boolean isNumber() {
      return switch (this) {
        case SILENCE, ROWS, ERRORS, VALUE, BOUND, COUNT, COVERAGE, WINDOW, AGE -> true;
        default -> false;
      };
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
  public List<String> cells(ModelRow row, Instant now) {
    return columns.stream().map(column -> cell(column, row, now)).toList();
  }

  @Override
  public List<String> look(ModelRow row) {
    return columns.stream()
        .filter(column -> column != Column.AGE && column != Column.SILENCE)
        .map(column -> cell(column, row, Instant.EPOCH))
        .toList();
  }

  private static String cell(Column column, ModelRow row, Instant now) {
    return switch (column) {
      case MODEL -> Cells.shown(row.model(), LONGEST_NAME);
      case VERSION -> Cells.shown(row.modelVersion(), LONGEST_NAME);
      case ROLE -> Cells.shown(row.role(), LONGEST_NAME);
      case STATE -> row.state().text();
      case SILENCE -> Cells.age(row.silenceSeconds());
      case ROWS -> Cells.count(row.rows());
      case ERRORS -> Figures.percent(row.errorRatio());
      case METRIC -> Cells.shown(row.name(), LONGEST_NAME);
      case VALUE -> Figures.number(row.value());
      case BOUND -> Figures.number(row.bound());
      case COUNT -> Cells.count(row.count());
      case COVERAGE -> Figures.percent(row.coverage());
      case WINDOW -> Cells.shown(row.window(), LONGEST_NAME);
      case AGE -> row.windowEnd() == null ? Cells.NOTHING : Cells.ago(row.windowEnd(), now);
      case FINAL -> row.isFinal() == null ? Cells.NOTHING : row.isFinal() ? "yes" : "no";
      case TREND -> Sparkline.of(row.trend());
    };
  }
}
