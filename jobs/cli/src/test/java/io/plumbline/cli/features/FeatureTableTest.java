package io.plumbline.cli.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.cli.rows.AlignedLines;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureTableTest {
  private static final FeatureRow STALE =
      new FeatureRow(
          "income",
          "",
          "",
          "",
          Health.UNHEALTHY,
          7980.4,
          0.123,
          12_345L,
          "ann",
          List.of("ledger"),
          List.of("credit", "fraud"),
          List.of("stale: 2h13m, SLA 2h", "null rate 0.123, threshold 0.1", "NaN 0.1 (1 of 10)"),
          Checks.START,
          Checks.at(60),
          Checks.at(65));
  private static final FeatureRow UNKNOWN = noData("収入", "", "");

  private static FeatureRow noData(String feature, String model, String segment) {
    return new FeatureRow(
        feature,
        model,
        "",
        segment,
        Health.NO_DATA,
        null,
        null,
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null);
  }

  private static List<String> print(FeatureTable table, FeatureRow... rows) {
    List<List<String>> cells = new ArrayList<>(List.of(table.heads()));
    List.of(rows).forEach(row -> cells.add(table.cells(row, Checks.at(77))));
    return new AlignedLines(table.heads().size(), table::isNumber).of(cells);
  }

  @Test
  void columnsStandBelowEachOther() {
    assertThat(print(new FeatureTable(false), STALE, UNKNOWN))
        .containsExactly(
            "feature  health     checked    age  null rate    rows  owner  source  models         issues",
            "income   UNHEALTHY  12s ago  2h13m     12.3 %  12,345  ann    ledger  credit, fraud  stale:"
                + " 2h13m, SLA 2h, +2 more",
            "収入     no data          -      -          -       -  -      -       -");
  }

  @Test
  void aTableOfPlacesHasThemToo() {
    assertThat(print(new FeatureTable(true), noData("f", "credit", "country=DE")).get(0))
        .startsWith("feature  model   version  segment     health");
    assertThat(new FeatureTable(true).cells(noData("f", "credit", "country=DE"), Checks.START))
        .startsWith("f", "credit", "-", "country=DE", "no data");
  }

  @Test
  void whatAHostileNameWouldDoIsShownAndNotDone() {
    FeatureRow hostile =
        new FeatureRow(
            "\u001b[31mred",
            "\u009b2J",
            "v\n1",
            "a=\u202eb",
            Health.UNHEALTHY,
            null,
            null,
            0L,
            "o\r",
            List.of("s\u0007"),
            List.of("m\t1", "m2"),
            List.of("x".repeat(500) + "\u001b]0;title\u0007"),
            null,
            null,
            null);
    List<String> cells = new FeatureTable(true).cells(hostile, Checks.START);
    assertThat(cells)
        .startsWith("\uFFFD[31mred", "\uFFFD2J", "v\uFFFD1", "a=\uFFFDb")
        .contains("o\uFFFD", "s\uFFFD", "m\uFFFD1, m2");
    assertThat(cells).last().asString().hasSize(90).endsWith("x…");
    assertThat(FeatureJson.line(hostile, true)).contains("\"feature\":\"\\u001B[31mred\"");
  }

  @Test
  void theSummaryTellsHowOldItIs() {
    assertThat(FeatureTable.summary(List.of(STALE, UNKNOWN), Checks.at(77)))
        .isEqualTo("1 unhealthy, 1 without data, 0 not checked, 0 healthy; last check 12s ago");
    assertThat(FeatureTable.summary(List.of(UNKNOWN), Checks.START))
        .isEqualTo("0 unhealthy, 1 without data, 0 not checked, 0 healthy; no check yet");
  }

  @Test
  void jsonHasTheSameFactsAndAllIssues() {
    assertThat(FeatureJson.line(STALE, false))
        .isEqualTo(
            "{\"feature\":\"income\",\"health\":\"UNHEALTHY\",\"freshness_seconds\":7980.4,"
                + "\"null_ratio\":0.123,\"rows\":12345,\"owner\":\"ann\",\"source\":[\"ledger\"],"
                + "\"models\":[\"credit\",\"fraud\"],\"issues\":[\"stale: 2h13m, SLA 2h\","
                + "\"null rate 0.123, threshold 0.1\",\"NaN 0.1 (1 of 10)\"],"
                + "\"window_start\":\"2026-11-26T10:00:00.000Z\","
                + "\"computed_at\":\"2026-11-26T10:01:00.000Z\","
                + "\"checked_at\":\"2026-11-26T10:01:05.000Z\"}");
    assertThat(FeatureJson.line(UNKNOWN, true))
        .contains("\"model\":\"\"", "\"health\":\"no data\"", "\"rows\":null");
  }
}
