package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Processes that are killed with SIGKILL at chosen moments, and runs after them: the latest views
 * show each result once. The views are those of sql/, which DuckDB can run as well.
 */
class KilledWhileWritingIT {
  @TempDir Path folder;
  private Path tables;

  @BeforeEach
  void data() throws Exception {
    tables = folder.resolve("tables");
    Cli.parquet(
        folder.resolve("reference.parquet"),
        "SELECT i::DOUBLE AS a, i % 7 AS b, 'c' || i % 3 AS c FROM range(3000) t(i)");
    // The first run of the day sees a column that the rerun no longer has.
    Cli.parquet(
        folder.resolve("before.parquet"),
        "SELECT i + 500.0::DOUBLE AS a, i % 7 AS b, 'c' || i % 3 AS c FROM range(3000) t(i)");
    Cli.parquet(
        folder.resolve("after.parquet"),
        "SELECT i + 700.0::DOUBLE AS a, i % 7 AS b, 'c' || i % 3 AS c FROM range(3000) t(i)");
  }

  private Process start(String stallAt, String current, String... more) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx512m");
    command.add("-Djava.io.tmpdir=" + folder);
    command.add("-D" + StallingFileSystem.AT + "=" + stallAt);
    command.add("-D" + StallingFileSystem.SIGNAL + "=" + folder.resolve("stalled"));
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), Plumbline.class.getName()));
    command.addAll(
        List.of(
            "drift",
            "--reference",
            folder.resolve("reference.parquet").toString(),
            "--current",
            folder.resolve(current).toString(),
            "--date",
            "2026-11-23",
            "--output",
            "stall://" + tables));
    command.addAll(List.of(more));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("log.txt").toFile())
        .start();
  }

  private void run(String current, String... more) throws Exception {
    Process process = start("never", current, more);
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("log.txt"))).isZero();
  }

  private void killedAt(String moment, String current) throws Exception {
    Process process = start(moment, current);
    long deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!Files.exists(folder.resolve("stalled"))) {
      assertThat(System.nanoTime()).as("it stalls").isLessThan(deadline);
      assertThat(process.isAlive()).as(Files.readString(folder.resolve("log.txt"))).isTrue();
      Thread.sleep(20);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    Files.delete(folder.resolve("stalled"));
  }

  /** Rows of a latest view; the statement is that of sql/views. */
  private List<String> latest(String table, String columns) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
      duck.createStatement()
          .execute(
              "CREATE VIEW %s AS SELECT * FROM read_parquet('%s/%s/*/*/*.parquet', hive_partitioning = true)"
                  .formatted(table, tables, table));
      duck.createStatement()
          .execute(
              Files.readString(Cli.ROOT.resolve("sql/views/" + table + "_latest.sql"))
                  .replace('`', '"'));
      try (ResultSet result = query(duck, table, columns)) {
        while (result.next()) {
          rows.add(result.getString(1));
        }
      }
    }
    return rows;
  }

  private static ResultSet query(Connection duck, String table, String columns)
      throws SQLException {
    return duck.createStatement()
        .executeQuery(
            "SELECT concat_ws(' ', %s) FROM %s_latest ORDER BY 1".formatted(columns, table));
  }

  private void everyResultOnceAndOfTheSecondRun() throws Exception {
    assertThat(latest("drift_results", "feature, segment")).containsExactly("a ", "b ", "c ");
    List<String> series = latest("metric_points", "series");
    assertThat(series).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    // a moved by 700 of 3000: KS 0.2333...
    assertThat(latest("metric_points", "metric, feature, round(\"value\", 3)"))
        .contains("ks_statistic a 0.233");
    assertThat(latest("drift_results", "feature, round(ks_statistic, 3)")).contains("a 0.233");
  }

  private List<Path> files(String table) throws IOException {
    if (!Files.exists(tables.resolve(table))) {
      return List.of();
    }
    try (var files = Files.walk(tables.resolve(table))) {
      return files.filter(f -> f.toString().endsWith(".parquet")).toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "between"})
  void aKilledFirstRunIsRepairedByTheNext(String moment) throws Exception {
    killedAt(moment, "before.parquet");
    assertThat(files("metric_points")).isEmpty();
    run("after.parquet");
    everyResultOnceAndOfTheSecondRun();
  }

  @ParameterizedTest
  @ValueSource(strings = {"staging", "between"})
  void aKilledRerunIsRepairedByTheNext(String moment) throws Exception {
    run("before.parquet");
    killedAt(moment, "before.parquet");
    run("after.parquet");
    everyResultOnceAndOfTheSecondRun();
  }

  @Test
  void aRerunWithdrawsWhatItCoversAndNoLongerHas() throws Exception {
    run("before.parquet", "--segment-by", "c");
    int all = latest("drift_results", "feature, segment").size();
    assertThat(all).isEqualTo(3 * 4);
    // Restricted to a feature and without segments: the rest stays as it was.
    run("after.parquet", "--features", "a");
    assertThat(latest("drift_results", "feature, segment")).hasSize(all);
    // The reference has lost column b and c has one value less.
    Cli.parquet(
        folder.resolve("reference.parquet"),
        "SELECT i::DOUBLE AS a, 'c' || i % 2 AS c FROM range(3000) t(i)");
    Cli.parquet(
        folder.resolve("after.parquet"),
        "SELECT i + 700.0::DOUBLE AS a, 'c' || i % 2 AS c FROM range(3000) t(i)");
    run("after.parquet", "--segment-by", "c");
    assertThat(latest("drift_results", "feature, segment"))
        .containsExactly("a ", "a c=c0", "a c=c1", "c ", "c c=c0", "c c=c1");
    assertThat(latest("metric_points", "feature, segment, metric"))
        .noneMatch(row -> row.startsWith("b ") || row.contains("c=c2"))
        .contains("a c=c1 psi", "  drifted_feature_ratio");
  }
}
