package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.drift.plan.DriftPlan.LeftOut;
import io.plumbline.events.DriftResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns that name rows: not compared, and not forgotten either. */
class IdentifiersPipelineTest {
  private static final int ROWS = 3000;

  /** What of a result says where the reference lies, and when it was computed. */
  private static final String[] PLACES = {"referenceUri", "referenceChecksum", "computedAt"};

  @TempDir static Path folder;
  private static DriftRun raw;

  @BeforeAll
  static void compareRaw() throws Exception {
    columns("reference.parquet", 0, "", "");
    columns("current.parquet", 1, "EXCLUDE (gone_key, gone_text)", "");
    for (int half = 0; half < 2; half++) {
      columns("half-" + half + ".parquet", 0, "", "WHERE key // 100 %% 2 = %s".formatted(half));
    }
    raw = drift(folder.resolve("reference.parquet"));
  }

  private static void columns(String file, int current, String except, String where)
      throws Exception {
    DriftRun.parquet(
        folder.resolve(file),
        """
        SELECT * %s FROM (SELECT
          i::DOUBLE AS plain,
          i + %3$s * %2$s AS key,
          CASE WHEN i = 0 AND %2$s = 1 THEN 4000 ELSE i + %3$s * %2$s END AS key_once_again,
          i AS gone_key,
          CASE WHEN %2$s = 0 THEN i END AS null_key,
          CASE WHEN %2$s = 0 OR i %% 10 > 2 THEN i END AS thinner_key,
          CASE WHEN %2$s = 0 OR i %% 100 > 0 THEN i END AS key_null_in_c,
          (18446744073709540000::UBIGINT + i::UBIGINT + (3000 * %2$s)::UBIGINT) AS unsigned_key,
          (i + %3$s * %2$s)::DECIMAL(38, 0) AS decimal_key,
          'u' || (i + %3$s * %2$s) AS text,
          'u' || i AS gone_text,
          CASE WHEN %2$s = 0 THEN 'u' || i END AS null_text,
          CASE WHEN i < 1000 THEN i + %3$s * %2$s END AS few_integers,
          CASE WHEN i < 1000 THEN 'u' || i END AS few_texts,
          CASE WHEN i < 1001 THEN i END AS enough,
          greatest(i, 1) + %3$s * %2$s AS repeated,
          3 * i + %3$s * %2$s AS sparse,
          CASE WHEN %2$s = 0 THEN i ELSE 7 END AS constant_now,
          (i / 100)::DECIMAL(12, 2) AS price,
          'v' || (i %% 1500) AS twice,
          CASE WHEN i %% 100 = 0 THEN 'c' WHEN i < 1500 THEN 'a' ELSE 'b' END AS country
        FROM range(%3$s) t(i)) %4$s
        """
            .formatted(except, current, ROWS, where),
        ", ROW_GROUP_SIZE 2048");
  }

  private static DriftRun drift(Path reference, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--reference",
                reference.toString(),
                "--reference-name",
                "r",
                "--current",
                folder.resolve("current.parquet").toString(),
                "--segment-by",
                "country",
                "--output",
                Files.createTempDirectory(folder, "tables").toString()));
    options.addAll(List.of(more));
    return DriftRun.of(2, options.toArray(String[]::new));
  }

  private static Path snapshot(Path input, String... more) throws Exception {
    Path output = Files.createTempDirectory(folder, "profile");
    List<String> options =
        new ArrayList<>(List.of("--input", input.toString(), "--output", output.toString()));
    options.addAll(List.of(more));
    ProfileRun.of(options.toArray(String[]::new));
    return output;
  }

  private static Path merge(Path... profiles) throws Exception {
    Path output = Files.createTempDirectory(folder, "merged");
    List<String> paths = new ArrayList<>();
    for (Path profile : profiles) {
      paths.add(profile.toString());
    }
    ProfileRun.write(SnapshotPlanner.merge(paths, output.toString()));
    return output;
  }

  private static List<String> leftOut(DriftRun run) {
    return run.leftOut().stream().map(LeftOut::column).sorted().toList();
  }

  private static void assertSame(DriftRun run) {
    assertThat(run.leftOut()).containsExactlyInAnyOrderElementsOf(raw.leftOut());
    assertThat(run.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(PLACES)
        .containsExactlyInAnyOrderElementsOf(raw.results());
  }

  @Test
  void whatNamesRowsIsLeftOut() {
    assertThat(leftOut(raw))
        .containsExactly("decimal_key", "enough", "key", "key_once_again", "text", "unsigned_key");
    assertThat(raw.results())
        .extracting(DriftResult::feature)
        .doesNotContainAnyElementsOf(leftOut(raw));
  }

  @Test
  void whatIsMissingIsAFindingAllTheSame() {
    for (String gone : List.of("gone_key", "gone_text")) {
      DriftResult result = raw.of(gone, "");
      assertThat(result.overallSeverity()).isEqualTo("high");
      assertThat(result.missingSeverity()).isEqualTo("high");
      assertThat(result.severity()).isEqualTo("insufficient");
      assertThat(result.reason())
          .startsWith("missing_column: ")
          .endsWith("; its values are not compared");
    }
    for (String isNull : List.of("null_key", "null_text")) {
      DriftResult result = raw.of(isNull, "");
      assertThat(result.overallSeverity()).isEqualTo("high");
      assertThat(result.reason()).startsWith("all_missing: ").contains("; an identifier: 3000");
      assertThat(result.psi()).isNull();
      assertThat(result.categories()).isNull();
      assertThat(result.bins()).isNull();
      assertThat(raw.of(isNull, "country=a").overallSeverity()).isEqualTo("high");
    }
    DriftResult thinner = raw.of("thinner_key", "");
    assertThat(thinner.missingSeverity()).isEqualTo("high");
    assertThat(thinner.severity()).isEqualTo("insufficient");
    assertThat(thinner.ksStatistic()).isNull();
    assertThat(thinner.referenceProfile()).isNull();
  }

  @Test
  void whatIsMissingInASegmentOnlyIsAFindingThere() {
    DriftResult inC = raw.of("key_null_in_c", "country=c");
    assertThat(inC.overallSeverity()).isEqualTo("high");
    DriftResult whole = raw.of("key_null_in_c", "");
    assertThat(whole.overallSeverity()).isEqualTo("insufficient");
    assertThat(whole.missingSeverity()).isEqualTo("none");
    assertThat(whole.reason())
        .isEqualTo(
            "an identifier: 3000 distinct integers with few gaps in 3000 reference rows; its values are not compared");
    assertThat(raw.results())
        .filteredOn(result -> result.feature().equals("key_null_in_c"))
        .hasSize(2);
  }

  @Test
  void whatOnlyLooksLikeItIsCompared() {
    for (String moved : List.of("repeated", "sparse", "few_integers", "constant_now")) {
      assertThat(raw.of(moved, "").severity()).as(moved).isEqualTo("high");
    }
    for (String same : List.of("price", "few_texts", "plain")) {
      assertThat(raw.of(same, "").severity()).as(same).isEqualTo("none");
    }
    // In each segment no value stands twice, but in the whole every one does.
    assertThat(raw.of("twice", "").categories()).isNotEmpty();
    assertThat(raw.of("twice", "country=a").categories()).isNotEmpty();
    assertThat(raw.of("twice", "country=b").chi2Statistic()).isNotNull();
  }

  @Test
  void whatSomeoneNamesIsCompared() throws Exception {
    DriftRun named = drift(folder.resolve("reference.parquet"), "--features", "key,text");
    assertThat(named.leftOut()).isEmpty();
    assertThat(named.of("key", "").psi()).isPositive();
    assertThat(named.of("text", "").newCategoryRatio()).isEqualTo(1);
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config,
        """
        models: [{name: m, features: [text]}]
        drift: {multivariate: [{name: pair, features: [key, price]}]}
        """);
    DriftRun ofConfig = drift(folder.resolve("reference.parquet"), "--config", config.toString());
    assertThat(leftOut(ofConfig)).contains("enough").doesNotContain("key", "text");
  }

  @Test
  void aProfileInPlaceOfTheDataSaysTheSame() throws Exception {
    assertSame(
        drift(snapshot(folder.resolve("reference.parquet"), "--exact", "--segment-by", "country")));
    Path merged =
        merge(
            snapshot(folder.resolve("half-1.parquet"), "--exact", "--segment-by", "country"),
            snapshot(folder.resolve("half-0.parquet"), "--exact", "--segment-by", "country"));
    assertSame(drift(merged));
    // Of who takes the profile it is no matter what who compares with it has named.
    Path taken =
        snapshot(
            folder.resolve("reference.parquet"),
            "--exact",
            "--segment-by",
            "country",
            "--features",
            "key,text,price");
    assertThat(leftOut(drift(taken))).contains("key", "text");
  }

  @Test
  void inCellsAndInProfilesOfCellsItIsTheSame() throws Exception {
    String many =
        "SELECT i + %s AS key, greatest(i, 1) + %s AS repeated, i::DOUBLE AS plain FROM range(100000) t(i)";
    Path reference = folder.resolve("many-reference.parquet");
    DriftRun.parquet(reference, many.formatted(0, 0), "");
    DriftRun.parquet(folder.resolve("many-current.parquet"), many.formatted(100_000, 100_000), "");
    for (Path from : List.of(reference, snapshot(reference))) {
      DriftRun run =
          DriftRun.of(
              2,
              "--reference",
              from.toString(),
              "--current",
              folder.resolve("many-current.parquet").toString(),
              "--output",
              folder.resolve("tables").toString());
      assertThat(leftOut(run)).containsExactly("key");
      assertThat(run.of("repeated", "").severity()).isEqualTo("high");
    }
    assertThat(
            leftOut(
                DriftRun.of(
                    2,
                    "--approximate",
                    "--reference",
                    reference.toString(),
                    "--current",
                    folder.resolve("many-current.parquet").toString(),
                    "--output",
                    folder.resolve("tables").toString())))
        .contains("key");
  }

  private static Path day(String name, String select) throws Exception {
    Path file = Files.createDirectories(folder.resolve(name)).resolve(name + ".parquet");
    DriftRun.parquet(file, select, "");
    return file;
  }

  @Test
  void daysMergeAndTheirSumDecides() throws Exception {
    String columns =
        "SELECT 'u' || (i + %s) AS text, i + %s AS key, 'v' || (i %% 1200) AS again, i::DOUBLE AS plain, 'a' AS country FROM range(%s) t(i)";
    // Of the second day there are too few rows for identifiers.
    Path first = day("first", columns.formatted(0, 0, 1200));
    Path second = day("second", columns.formatted(1200, 1200, 900));
    Path current = day("later", columns.formatted(2100, 2100, 2000));
    Path both = Files.createDirectories(folder.resolve("both"));
    Files.copy(first, both.resolve("first.parquet"));
    Files.copy(second, both.resolve("second.parquet"));
    List<Path> references =
        List.of(
            both,
            merge(snapshot(first), snapshot(second)),
            merge(
                snapshot(second, "--exact", "--segment-by", "country"),
                snapshot(first, "--exact", "--segment-by", "country")));
    for (Path reference : references) {
      DriftRun run =
          DriftRun.of(
              2,
              "--reference",
              reference.toString(),
              "--current",
              current.toString(),
              "--output",
              folder.resolve("tables").toString());
      // Taken alone the first day's values of "again" stand once each.
      assertThat(leftOut(run)).containsExactly("key", "text");
      assertThat(run.of("again", "").categories()).isNotEmpty();
    }
  }

  @Test
  void aRunThatComparesNothingIsAnErrorAndWritesNothing() throws Exception {
    Path ids = day("ids", "SELECT 'u' || i AS u, i AS n FROM range(1500) t(i)");
    Path tables = folder.resolve("no-tables");
    assertThatThrownBy(
            () ->
                DriftRun.of(
                    1,
                    "--reference",
                    ids.toString(),
                    "--current",
                    ids.toString(),
                    "--output",
                    tables.toString()))
        .rootCause()
        .hasMessageContaining("nothing to compare: ")
        .hasMessageContaining("u: an identifier: 1500 distinct values in 1500 reference rows")
        .hasMessageContaining("n: an identifier: 1500 distinct integers with few gaps");
    assertThat(tables).doesNotExist();
  }
}
