package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several runs of one day leave in the tables. */
class RerunPipelineTest {
  @TempDir Path folder;

  @BeforeEach
  void data() throws Exception {
    for (String of : List.of("one", "two")) {
      Files.createDirectories(folder.resolve(of));
      // The references have one name, and a column of their own.
      for (String side : List.of("reference", "current")) {
        DriftRun.parquet(
            folder.resolve(of).resolve(side + ".parquet"),
            "SELECT i AS \"only_%s\", i %% 7 AS both FROM range(300) t(i)".formatted(of),
            "");
      }
    }
  }

  private DriftRun run(String reference, String current, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--reference",
                folder.resolve(reference).toString(),
                "--current",
                folder.resolve(current).toString(),
                "--date",
                "2026-11-23",
                "--output",
                folder.resolve("tables").toString()));
    options.addAll(List.of(more));
    return DriftRun.of(1, options.toArray(String[]::new));
  }

  /** The features that are left in both tables. */
  private List<String> features() throws Exception {
    List<String> results = latest("drift_results", "NOT withdrawn");
    assertThat(latest("metric_points", "value IS NOT NULL AND feature <> ''")).isEqualTo(results);
    return results;
  }

  private List<String> latest(String table, String live) throws Exception {
    List<String> features = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows =
            duck.createStatement()
                .executeQuery(
                    """
                    SELECT DISTINCT feature FROM (
                      SELECT *, row_number() OVER (PARTITION BY series ORDER BY computed_at DESC) AS n
                      FROM read_parquet('%s/%s/*/*/*.parquet'))
                    WHERE n = 1 AND %s ORDER BY 1"""
                        .formatted(folder.resolve("tables"), table, live))) {
      while (rows.next()) {
        features.add(rows.getString(1));
      }
    }
    return features;
  }

  @Test
  void withoutAModelOnlyResultsOfTheSameReferenceAreWithdrawn() throws Exception {
    DriftRun first = run("one/reference.parquet", "one/current.parquet");
    assertThat(first.notes()).isEmpty();
    DriftRun second = run("two/reference.parquet", "two/current.parquet");
    assertThat(features()).containsExactly("both", "only_one", "only_two");
    assertThat(second.notes())
        .singleElement()
        .asString()
        .contains("2 results", "2026-11-23", folder.resolve("one/reference.parquet").toString())
        .contains("--model");

    // A rerun of the first one takes back what is its own.
    DriftRun.parquet(
        folder.resolve("one/reference.parquet"), "SELECT i % 7 AS both FROM range(300) t(i)", "");
    DriftRun.parquet(
        folder.resolve("one/current.parquet"), "SELECT i % 7 AS both FROM range(300) t(i)", "");
    run("one/reference.parquet", "one/current.parquet");
    assertThat(features()).containsExactly("both", "only_two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"one/./reference.parquet", "two/../one//reference.parquet"})
  void aReferenceIsTheSameHoweverItIsWritten(String again) throws Exception {
    run("one/reference.parquet", "one/current.parquet");
    DriftRun.parquet(
        folder.resolve("one/reference.parquet"), "SELECT i % 7 AS both FROM range(300) t(i)", "");
    DriftRun.parquet(
        folder.resolve("one/current.parquet"), "SELECT i % 7 AS both FROM range(300) t(i)", "");
    DriftRun second = run(again, "one/current.parquet");
    assertThat(features()).containsExactly("both");
    assertThat(second.notes()).isEmpty();
  }

  @Test
  void withoutAModelResultsUnderAnotherReferenceNameStayAndAreTold() throws Exception {
    run("one/reference.parquet", "one/current.parquet");
    DriftRun second =
        run("two/reference.parquet", "two/current.parquet", "--reference-name", "second");
    assertThat(features()).containsExactly("both", "only_one", "only_two");
    assertThat(second.notes())
        .singleElement()
        .asString()
        .contains("2 results", folder.resolve("one/reference.parquet").toString())
        .contains("under another reference name, so they stay");
  }

  @Test
  void withAModelTheRerunIsOfTheModel() throws Exception {
    run("one/reference.parquet", "one/current.parquet", "--model", "credit");
    DriftRun second = run("two/reference.parquet", "two/current.parquet", "--model", "credit");
    assertThat(features()).containsExactly("both", "only_two");
    assertThat(second.notes()).isEmpty();
  }

  @Test
  void aFolderOfOthersAmongTheDaysIsNoDay() throws Exception {
    Files.createDirectories(
        folder.resolve("tables/drift_results/dt=__HIVE_DEFAULT_PARTITION__/job=x"));
    run("one/reference.parquet", "one/current.parquet");
    assertThat(features()).containsExactly("both", "only_one");
  }
}
