package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many columns, many files and many segments are compared in 2 GiB of memory, none left out. How
 * long it takes is printed: docs/benchmarks.md has what a quiet machine needs.
 */
@Tag("long")
class SizeIT {
  private static final List<String> SIDES = List.of("reference", "current");

  @TempDir static Path folder;

  @BeforeAll
  static void makeFolders() throws Exception {
    for (String input : List.of("columns", "files", "segments")) {
      for (String side : SIDES) {
        Files.createDirectories(folder.resolve(input).resolve(side));
      }
    }
  }

  /** So many columns of numbers that are all distinct. */
  private static String columns(int number) {
    return IntStream.range(0, number)
        .mapToObj(column -> "sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()) AS x" + column)
        .collect(Collectors.joining(", "));
  }

  private static void run(String input, String tables, String... more) throws Exception {
    String drift =
        "drift --no-report --reference %s/reference --current %s/current --output %s"
            .formatted(input, input, tables);
    String[] args = (drift + " " + String.join(" ", more)).split(" ");
    Cli run = Cli.plumblineWith(folder, Map.of("PLUMBLINE_JAVA_OPTS", "-Xmx2g"), "", args);
    assertThat(run.exit()).as(run.err()).isZero();
    System.out.println(String.join(" ", args) + ": " + run.out().strip().lines().toList());
  }

  /** A number that is selected of a table. */
  private static long number(String select, String tables) throws Exception {
    String table = folder.resolve(tables).resolve("drift_results/**/*.parquet").toString();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet found = statement.executeQuery("%s FROM '%s'".formatted(select, table))) {
      assertThat(found.next()).isTrue();
      return found.getLong(1);
    }
  }

  @Test
  void twoThousandColumns() throws Exception {
    for (String side : SIDES) {
      Cli.parquet(
          folder.resolve("columns/%s/part-0.parquet".formatted(side)),
          "SELECT %s FROM range(10000)".formatted(columns(2000)));
    }
    run("columns", "column-tables");
    assertThat(number("SELECT count(DISTINCT feature)", "column-tables")).isEqualTo(2000);
    assertThat(number("SELECT count(ks_p_value)", "column-tables")).isEqualTo(2000);
    assertThat(number("SELECT sum(current_rows)", "column-tables")).isEqualTo(20_000_000);
  }

  @Test
  void threeThousandFiles() throws Exception {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      for (String side : SIDES) {
        for (int file = 0; file < 3000; file++) {
          statement.execute(
              "COPY (SELECT %s FROM range(1000)) TO '%s' (FORMAT parquet)"
                  .formatted(
                      columns(10), folder.resolve("files/%s/%s.parquet".formatted(side, file))));
        }
      }
    }
    run("files", "file-tables");
    assertThat(number("SELECT count(ks_p_value)", "file-tables")).isEqualTo(10);
    assertThat(number("SELECT min(least(reference_rows, current_rows))", "file-tables"))
        .isEqualTo(3_000_000);
  }

  @ParameterizedTest
  @CsvSource({"10000, 2", "1000, 20"})
  void manySegments(int segments, int features) throws Exception {
    for (String side : SIDES) {
      Cli.parquet(
          folder.resolve("segments/%s/part-0.parquet".formatted(side)),
          "SELECT 's' || (i %% %s) AS shop, %s FROM range(1000000) t(i)"
              .formatted(segments, columns(features)));
    }
    String tables = "tables-of-%s-segments".formatted(segments);
    run("segments", tables, "--segment-by shop --max-segment-values " + segments);
    // The column that rows are cut by is a feature as well.
    int compared = features + 1;
    assertThat(number("SELECT count(*)", tables)).isEqualTo((long) compared * (segments + 1));
    assertThat(number("SELECT count(DISTINCT segment)", tables)).isEqualTo(segments + 1);
    assertThat(number("SELECT sum(current_rows)", tables)).isEqualTo(2_000_000L * compared);
    assertThat(number("SELECT count(ks_p_value)", tables))
        .isEqualTo((long) features * (segments + 1));
  }
}
