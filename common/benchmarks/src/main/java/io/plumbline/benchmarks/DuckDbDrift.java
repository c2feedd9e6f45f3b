package io.plumbline.benchmarks;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a DuckDB user writes for the same job: quantiles and counts for PSI (moments and deciles of
 * both sides, category counts, a second scan into the reference's deciles), then exact KS and
 * Wasserstein-1 by a grouped union. With approximate quantiles there is no such second part. The
 * peer that the nightly run is measured against.
 */
final class DuckDbDrift {
  private static final String EXACT = "quantile_cont";
  private static final String APPROXIMATE = "approx_quantile";

  private DuckDbDrift() {}

  /**
   * @param args directory of the data; whether quantiles are approximate
   */
  public static void main(String[] args) throws SQLException {
    Path data = Path.of(args[0]);
    boolean approximate = Boolean.parseBoolean(args[1]);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads = 2");
      profile(statement, data, approximate ? APPROXIMATE : EXACT);
      if (!approximate) {
        for (String column : DriftData.NUMERIC) {
          distances(statement, data, column);
        }
      }
    }
  }

  private static String files(Path data, String side) {
    return "'" + data.resolve(side) + "/*.parquet'";
  }

  private static void profile(Statement statement, Path data, String quantile) throws SQLException {
    for (String side : List.of("ref", "cur")) {
      String columns =
          DriftData.NUMERIC.stream()
              .map(
                  c ->
                      "count(%1$s) AS n_%1$s, min(%1$s) AS min_%1$s, max(%1$s) AS max_%1$s, avg(%1$s) AS avg_%1$s, stddev_samp(%1$s) AS sd_%1$s, %2$s(%1$s::DOUBLE, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]) AS q_%1$s"
                          .formatted(c, quantile))
              .collect(Collectors.joining(", "));
      statement.execute(
          "CREATE TEMP TABLE %s AS SELECT %s FROM %s".formatted(side, columns, files(data, side)));
      for (String column : DriftData.CATEGORICAL) {
        drain(
            statement.executeQuery(
                "SELECT %1$s, count(*) FROM %2$s GROUP BY %1$s"
                    .formatted(column, files(data, side))));
      }
    }
    for (String column : DriftData.NUMERIC) {
      statement.execute(
          "SET VARIABLE e_%1$s = (SELECT list_distinct(q_%1$s) FROM ref)".formatted(column));
    }
    for (String side : List.of("ref", "cur")) {
      String histograms =
          DriftData.NUMERIC.stream()
              .map(c -> "histogram(%1$s::DOUBLE, getvariable('e_%1$s'))".formatted(c))
              .collect(Collectors.joining(", "));
      drain(statement.executeQuery("SELECT %s FROM %s".formatted(histograms, files(data, side))));
    }
  }

  private static void distances(Statement statement, Path data, String column) throws SQLException {
    String sql =
        """
        SELECT max(abs(fr - fc)) ks, sum(abs(fr - fc) * (nx - v)) w1 FROM (
          SELECT v, sum(r) OVER w / sum(r) OVER () fr, sum(k) OVER w / sum(k) OVER () fc, lead(v) OVER w nx FROM (
            SELECT v, sum(r)::DOUBLE r, sum(k)::DOUBLE k FROM (
              SELECT %1$s::DOUBLE v, 1 r, 0 k FROM %2$s WHERE %1$s IS NOT NULL
              UNION ALL SELECT %1$s::DOUBLE v, 0 r, 1 k FROM %3$s WHERE %1$s IS NOT NULL) GROUP BY v)
          WINDOW w AS (ORDER BY v))
        """
            .formatted(column, files(data, "ref"), files(data, "cur"));
    try (ResultSet result = statement.executeQuery(sql)) {
      result.next();
      System.out.printf(
          Locale.ROOT, "%s KS %.8f W1 %.8g%n", column, result.getDouble(1), result.getDouble(2));
    }
  }

  private static void drain(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }
}
