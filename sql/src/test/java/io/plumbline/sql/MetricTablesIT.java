package io.plumbline.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.ProfileSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every SQL file, run by Flink over files that our writer wrote; DuckDB reads the same values. */
class MetricTablesIT {
  private static final Instant DAY = Instant.parse("2026-11-23T00:00:00Z");
  private static final Instant FIRST = Instant.parse("2026-11-24T06:00:00.123Z");
  private static final Instant RERUN = Instant.parse("2026-11-24T07:00:00Z");
  private static final String NASTY = "a \"quoted\" \\ name,\nünïcode 雪 'x'";

  @TempDir static Path tables;
  private static MetricTables flink;

  @BeforeAll
  static void twoRunsOfADay() throws IOException {
    write(
        "metric_points",
        MetricPoint.class,
        FIRST,
        "first",
        List.of(point("income", 0.3, FIRST), point("age", 0.2, FIRST), point(NASTY, 1e300, FIRST)));
    write(
        "metric_points",
        MetricPoint.class,
        RERUN,
        "rerun",
        List.of(point("income", 0.1, RERUN), point("age", null, RERUN)));
    write(
        "drift_results",
        DriftResult.class,
        FIRST,
        "first",
        List.of(
            result("income", "high", 0.3, FIRST),
            result("age", "low", 0.05, FIRST),
            result(NASTY, "medium", 0.2, FIRST)));
    write(
        "drift_results",
        DriftResult.class,
        RERUN,
        "rerun",
        List.of(
            result("income", "medium", 0.12, RERUN),
            result("age", "low", 0.05, RERUN).withdraw(RERUN)));
    flink = MetricTables.in(tables);
  }

  private static <R extends Record> void write(
      String table, Class<R> type, Instant computedAt, String file, List<R> rows)
      throws IOException {
    MetricTables.write(tables, table, "drift_nightly", type, computedAt, file, rows);
  }

  private static MetricPoint point(String feature, Double value, Instant computedAt) {
    return new MetricPoint(
        "psi of " + feature,
        "psi",
        value,
        1L << 60,
        DAY,
        DAY.plusSeconds(86_400),
        "credit",
        "v3",
        feature,
        "",
        "drift_nightly",
        "data",
        Map.of("reference", NASTY),
        0,
        null,
        true,
        computedAt);
  }

  private static DriftResult result(String feature, String severity, double psi, Instant at) {
    ProfileSummary profile =
        new ProfileSummary(1.5, null, -1e300, Double.MIN_VALUE, Map.of("0.5", 1.25, "0.99", 7.0));
    return new DriftResult(
        feature,
        feature,
        null,
        null,
        null,
        null,
        "",
        508_239L,
        null,
        null,
        null,
        null,
        null,
        psi,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        "none",
        severity,
        severity,
        !severity.equals("low"),
        "PSI " + psi,
        null,
        null,
        Map.of("psi", 0.01),
        profile,
        null,
        List.of(new BinCount(null, 0.0, false, 3, 4), new BinCount(0.0, null, true, 1L << 55, 0)),
        List.of(new CategoryCount(NASTY, 1, 2)),
        DAY,
        DAY.plusSeconds(86_400),
        "drift_nightly",
        "credit",
        "v3",
        "v3",
        null,
        null,
        false,
        at);
  }

  @Test
  void aRerunReplacesAndWithdraws() throws Exception {
    assertThat(flink.query("SELECT feature, `value` FROM metric_points_latest ORDER BY `value`"))
        .containsExactly(Row.of("income", 0.1), Row.of(NASTY, 1e300));
    assertThat(
            flink.query(
                "SELECT feature, drift_severity, psi FROM drift_results_latest ORDER BY psi"))
        .containsExactly(Row.of("income", "medium", 0.12), Row.of(NASTY, "medium", 0.2));
  }

  @Test
  void timesMapsRowsAndArraysArriveAsWritten() throws Exception {
    Row point =
        flink
            .query(
                "SELECT `count`, window_start, computed_at, labels, bound, coverage, `final`, dt, job"
                    + " FROM metric_points WHERE feature = 'income' AND `value` = 0.3")
            .get(0);
    assertThat(point)
        .isEqualTo(
            Row.of(
                1L << 60,
                DAY,
                FIRST,
                Map.of("reference", NASTY),
                0.0,
                null,
                true,
                LocalDate.of(2026, 11, 24),
                "drift_nightly"));
    Row result =
        flink
            .query(
                "SELECT bounds, reference_profile, bins, categories, ks_statistic"
                    + " FROM drift_results WHERE feature = 'income' AND psi = 0.3")
            .get(0);
    assertThat(result.getField(0)).isEqualTo(Map.of("psi", 0.01));
    assertThat(result.getField(1))
        .isEqualTo(Row.of(1.5, null, -1e300, Double.MIN_VALUE, Map.of("0.5", 1.25, "0.99", 7.0)));
    assertThat((Object[]) result.getField(2))
        .containsExactly(Row.of(null, 0.0, false, 3L, 4L), Row.of(0.0, null, true, 1L << 55, 0L));
    assertThat((Object[]) result.getField(3)).containsExactly(Row.of(NASTY, 1L, 2L));
    assertThat(result.getField(4)).isNull();
  }

  @Test
  void everyQueryFileRuns() throws Exception {
    assertThat(flink.query(MetricTables.read("queries/worst_features.sql")))
        .extracting(row -> row.getField("feature"))
        .containsExactly(NASTY, "income");
    assertThat(flink.query(MetricTables.read("queries/psi_history.sql")))
        .extracting(row -> row.getField("psi"))
        .containsExactlyInAnyOrder(1e300, 0.1);
    String knownAt = MetricTables.read("queries/known_at.sql");
    assertThat(flink.query(knownAt.replace("${known_at}", "2026-11-24 06:30:00")))
        .extracting(row -> row.getField("value"))
        .containsExactlyInAnyOrder(0.3, 0.2, 1e300);
    try (var files = java.nio.file.Files.list(MetricTables.SQL.resolve("queries"))) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "worst_features.sql",
              "psi_history.sql",
              "known_at.sql",
              // Those of ModelMetricsIT.
              "model_quality_by_day.sql",
              "models_latest.sql",
              "champion_against_shadow.sql",
              "label_delay.sql");
    }
  }

  @Test
  void duckDbReadsTheSameValues() throws Exception {
    String sql =
        "SELECT feature, value, count, epoch_ms(computed_at), labels['reference']"
            + " FROM read_parquet('%s/metric_points/*/*/*.parquet', hive_partitioning = true)"
                .formatted(tables)
            + " ORDER BY feature, computed_at";
    List<List<Object>> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duck.createStatement().executeQuery(sql)) {
      while (result.next()) {
        rows.add(
            java.util.Arrays.asList(
                result.getString(1),
                result.getObject(2),
                result.getLong(3),
                result.getLong(4),
                result.getString(5)));
      }
    }
    List<List<Object>> fromFlink = new ArrayList<>();
    for (Row row :
        flink.query(
            "SELECT feature, `value`, `count`, computed_at, labels['reference']"
                + " FROM metric_points")) {
      fromFlink.add(
          java.util.Arrays.asList(
              row.getField(0),
              row.getField(1),
              row.getField(2),
              ((Instant) row.getField(3)).toEpochMilli(),
              row.getField(4)));
    }
    assertThat(rows).hasSize(5).containsExactlyInAnyOrderElementsOf(fromFlink);
  }

  @Test
  void recordParquetAndDdlAreOne() throws Exception {
    DdlContract.declares(flink, "metric_points", point("x", 1.0, FIRST));
    DdlContract.declares(flink, "drift_results", result("x", "low", 1, FIRST));
  }
}
