package io.plumbline.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two feature tables, reference and current, that DuckDB draws: 14 numeric columns of various
 * shapes and 6 categorical ones of 5 to 10,000 categories, nulls, and small drifts. Every draw is a
 * hash of the row number, so that the data is the same everywhere.
 */
final class DriftData {
  static final List<String> NUMERIC =
      List.of(
          "d_norm",
          "d_lognorm",
          "d_exp",
          "d_unif",
          "d_price",
          "d_zero",
          "d_pareto",
          "d_bimodal",
          "f_norm",
          "f_score",
          "f_gamma",
          "i_age",
          "i_count",
          "l_amount");
  static final List<String> CATEGORICAL = List.of("c_5", "c_20", "c_100", "c_200", "c_1k", "c_10k");

  private static final int FILES = 10;

  private final int side;

  private DriftData(int side) {
    this.side = side;
  }

  /** Writes {@code ref} and {@code cur} below the directory, unless they are there. */
  static void write(Path directory, long rows) throws SQLException, IOException {
    if (Files.exists(directory.resolve("complete"))) {
      return;
    }
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("SET threads = 2");
      statement.execute("SET preserve_insertion_order = false");
      for (int side = 0; side < 2; side++) {
        Path folder = Files.createDirectories(directory.resolve(side == 0 ? "ref" : "cur"));
        for (int part = 0; part < FILES; part++) {
          statement.execute(
              new DriftData(side)
                  .copy(
                      rows / FILES * part,
                      rows / FILES * (part + 1),
                      folder.resolve(String.format(Locale.ROOT, "part-%02d.parquet", part))));
        }
      }
    }
    Files.createFile(directory.resolve("complete"));
  }

  private String copy(long from, long to, Path file) {
    List<String> columns = new ArrayList<>();
    int s = side;
    columns.add(column("d_norm", 1, 0.02, "(%s + %s)".formatted(normal(1), 0.05 * s)));
    columns.add(column("d_lognorm", 2, 0.05, "exp(%s + %s)".formatted(normal(2), 0.02 * s)));
    columns.add(column("d_exp", 3, 0, "-ln(%s) * %s".formatted(uniform(3), 1 + 0.03 * s)));
    columns.add(column("d_unif", 4, 0, "%s * 1000".formatted(uniform(4))));
    columns.add(
        column(
            "d_price",
            5,
            0.10,
            "round(exp(0.8 * %s + 3.5 + %s), 2)".formatted(normal(5), 0.01 * s)));
    columns.add(
        column(
            "d_zero",
            6,
            0.01,
            "CASE WHEN %s < %s THEN 0.0 ELSE exp(%s) END"
                .formatted(uniform(306), 0.70 - 0.02 * s, normal(6))));
    columns.add(
        column("d_pareto", 7, 0.30, "pow(%s, -1.0 / %s)".formatted(uniform(7), 1.2 + 0.01 * s)));
    columns.add(
        column(
            "d_bimodal",
            8,
            0.03,
            "%s + CASE WHEN %s < %s THEN -3 ELSE 3 END"
                .formatted(normal(8), uniform(308), 0.5 + 0.02 * s)));
    columns.add(column("f_norm", 9, 0.02, "(%s * 10 + 50)::FLOAT".formatted(normal(9))));
    columns.add(
        column(
            "f_score",
            10,
            0.08,
            "round(pow(%s, %s), 3)::FLOAT".formatted(uniform(10), 1.5 + 0.1 * s)));
    columns.add(
        column(
            "f_gamma", 11, 0.05, "(-ln(%s) - ln(%s))::FLOAT".formatted(uniform(11), uniform(311))));
    columns.add(
        column(
            "i_age",
            12,
            0.01,
            "(18 + floor(72 * pow(%s, %s)))::INT".formatted(uniform(12), 1.3 + 0.05 * s)));
    columns.add(column("i_count", 13, 0, "floor(-20 * ln(%s))::INT".formatted(uniform(13))));
    columns.add(
        column("l_amount", 14, 0.04, "floor(exp(1.5 * %s + 8))::BIGINT".formatted(normal(14))));
    columns.add(column("c_5", 15, 0, "'t' || " + zipf(15, 5)));
    columns.add(column("c_20", 16, 0.01, "'seg_' || " + zipf(16, 20)));
    columns.add(column("c_100", 17, 0.05, "'city_' || " + zipf(17, 100)));
    columns.add(
        column("c_200", 18, 0.02, "'cc_' || lpad(%s::VARCHAR, 3, '0')".formatted(zipf(18, 200))));
    columns.add(column("c_1k", 19, 0.03, "'merchant_' || " + zipf(19, 1000)));
    columns.add(
        column(
            "c_10k", 20, 0.10, "'sku_' || lpad(%s::VARCHAR, 8, '0')".formatted(zipf(20, 10000))));
    return "COPY (SELECT %s FROM range(%d, %d) t(i)) TO '%s' (FORMAT parquet, COMPRESSION snappy, ROW_GROUP_SIZE 1000000)"
        .formatted(String.join(", ", columns), from, to, file);
  }

  private String uniform(int draw) {
    return "(((hash(i * 4096 + %d) >> 11)::DOUBLE + 0.5) / 9007199254740992.0)"
        .formatted(draw + 1000 * side);
  }

  private String normal(int draw) {
    return "(sqrt(-2 * ln(%s)) * cos(2 * pi() * %s))".formatted(uniform(draw), uniform(draw + 100));
  }

  private String zipf(int draw, int categories) {
    return "least(%d - 1, floor(pow(%d + 1.0, %s) - 1))::INT"
        .formatted(categories, categories, uniform(draw));
  }

  private String column(String name, int draw, double nulls, String value) {
    return nulls == 0
        ? value + " AS " + name
        : "CASE WHEN %s < %s THEN NULL ELSE %s END AS %s"
            .formatted(uniform(draw + 200), nulls, value, name);
  }
}
