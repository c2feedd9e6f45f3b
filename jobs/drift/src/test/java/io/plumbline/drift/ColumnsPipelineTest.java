package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.BinCount;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of every kind and condition, in files that DuckDB wrote. */
class ColumnsPipelineTest {
  private static final int ROWS = 20_000;

  @TempDir static Path folder;
  private static DriftRun run;

  @BeforeAll
  static void compare() throws Exception {
    write("reference", 0, ROWS);
    write("current", 1, ROWS);
    run = run(2, folder.resolve("reference.parquet"), folder.resolve("current.parquet"));
  }

  private static void write(String side, int current, int rows) throws Exception {
    DriftRun.parquet(
        folder.resolve(side + ".parquet"), columns(current, rows), ", ROW_GROUP_SIZE 2048");
  }

  static String columns(int current, int rows) {
    return """
        SELECT
          i AS row_id,
          'id-' || i AS identifier,
          5.0::DOUBLE AS constant,
          (CASE WHEN %1$s = 0 THEN 0 ELSE 5 END)::DOUBLE AS other_constant,
          NULL::DOUBLE AS all_null,
          CASE WHEN %1$s = 0 THEN i::DOUBLE END AS now_all_null,
          CASE i %% 20 WHEN 0 THEN 'nan'::DOUBLE WHEN 1 THEN 'inf'::DOUBLE WHEN 2 THEN '-inf'::DOUBLE WHEN 3 THEN NULL ELSE i END AS not_finite,
          1e300 * (i %% 7 - 3) AS huge,
          4.9e-324 * (i %% 11) AS denormal,
          9007199254740992 + i %% 3 + %1$s AS beyond_double,
          ((i * 7919) %% 100000 / 100.0)::DECIMAL(12, 2) AS price,
          (12345678901234567890123456::DECIMAL(38, 2) + i %% 3 + %1$s) AS wide_decimal,
          (18446744073709551613::UBIGINT + (i %% 2)::UBIGINT + %1$s::UBIGINT) AS unsigned_64,
          (i %% 3 = 0) AS flag,
          CASE WHEN %1$s = 1 AND i %% 10 = 0 THEN 'new' WHEN %1$s = 0 AND i %% 10 = 0 THEN 'gone' ELSE 'c' || i %% 4 END AS kind,
          CASE i %% 50 WHEN 0 THEN NULL WHEN 1 THEN 'rare' ELSE 'DE' END AS country,
          i::TINYINT %% 100 AS tiny,
          i::UINTEGER + 4294900000::UINTEGER - i::UINTEGER AS unsigned,
          [sin(i), cos(i), %1$s / 2.0] AS embedding,
          CASE WHEN i %% 4 = 0 THEN NULL WHEN i %% 4 = 1 THEN []::FLOAT[] ELSE [i %% 5, 1]::FLOAT[] END AS holes,
          TIMESTAMP '2026-01-01' AS at,
          {'a': i} AS nested,
          MAP {'k': i} AS mapped
        FROM (SELECT (range %% 100)::BIGINT + 100 * (range // 100) AS i FROM range(%2$s))
        """
        .formatted(current, rows)
        .replace("i::TINYINT % 100", "(i % 100)::TINYINT");
  }

  private static DriftRun run(int parallelism, Path reference, Path current, String... more)
      throws Exception {
    String[] options = {
      "--reference", reference.toString(),
      "--current", current.toString(),
      "--output", folder.resolve("tables").toString(),
      "--segment-by", "country"
    };
    String[] all = java.util.Arrays.copyOf(options, options.length + more.length);
    System.arraycopy(more, 0, all, options.length, more.length);
    return DriftRun.of(parallelism, all);
  }

  private static DriftResult of(String feature) {
    return run.of(feature, "");
  }

  @Test
  void whatIsNotComparedIsLeftOutAndSaidSo() {
    assertThat(run.leftOut())
        .extracting("column")
        .containsExactlyInAnyOrder("at", "nested", "mapped", "identifier", "row_id");
    assertThat(run.leftOut())
        .filteredOn(l -> l.column().equals("identifier"))
        .extracting("reason")
        .containsExactly("an identifier: 20000 distinct values in 20000 reference rows");
    assertThat(run.leftOut())
        .filteredOn(l -> l.column().equals("row_id"))
        .extracting("reason")
        .containsExactly(
            "an identifier: 20000 distinct integers with few gaps in 20000 reference rows");
  }

  @Test
  void aConstantIsAnAtomAndItsChangeIsGrave() {
    assertThat(of("constant").psi()).isZero();
    assertThat(of("constant").bins())
        .containsExactly(
            new BinCount(null, 5.0, false, 0, 0),
            new BinCount(5.0, 5.0, true, ROWS, ROWS),
            new BinCount(5.0, null, false, 0, 0));
    assertThat(of("constant").referenceProfile().stddev()).isZero();
    DriftResult changed = of("other_constant");
    assertThat(changed.severity()).isEqualTo("high");
    assertThat(changed.ksStatistic()).isEqualTo(1);
    assertThat(changed.wasserstein()).isEqualTo(5);
    assertThat(changed.jsDistance()).isEqualTo(1);
  }

  @Test
  void missingCellsAreCountedByKindAndJudgedByThemselves() {
    assertThat(of("all_null").severity()).isEqualTo("insufficient");
    assertThat(of("all_null").missingSeverity()).isEqualTo("none");
    assertThat(of("all_null").psi()).isNull();
    assertThat(of("all_null").referenceProfile().mean()).isNull();
    assertThat(of("now_all_null").missingSeverity()).isEqualTo("high");
    assertThat(of("now_all_null").reason()).startsWith("all_missing: ");
    assertThat(of("not_finite").referenceNulls()).isEqualTo(ROWS / 10);
    assertThat(of("not_finite").referenceInfinities()).isEqualTo(ROWS / 10);
    assertThat(of("not_finite").overallSeverity()).isEqualTo("none");
  }

  @Test
  void extremesNeitherOverflowNorVanish() {
    DriftResult huge = of("huge");
    assertThat(huge.wasserstein()).isZero();
    // numpy: np.std(np.repeat(np.arange(-3, 4), n), ddof=1) of nearly equal shares is 2.0000...
    assertThat(huge.referenceProfile().stddev() / 1e300).isCloseTo(2, within(1e-3));
    DriftResult denormal = of("denormal");
    assertThat(denormal.referenceProfile().max()).isEqualTo(10 * Double.MIN_VALUE);
    assertThat(denormal.referenceProfile().mean()).isEqualTo(5 * Double.MIN_VALUE);
    assertThat(denormal.psi()).isZero();
  }

  @Test
  void integersBeyondDoublesAreToldApart() {
    // 2^53 + {0, 1, 2} against {1, 2, 3}: as doubles most of these are equal.
    DriftResult result = of("beyond_double");
    assertThat(result.wasserstein()).isEqualTo(1);
    assertThat(result.ksStatistic()).isCloseTo(1.0 / 3, within(1e-4));
  }

  @Test
  void numbersWiderThanALongAreComparedExactly() {
    assertThat(of("wide_decimal").type()).isEqualTo("numeric");
    assertThat(of("wide_decimal").wasserstein()).isEqualTo(1);
    assertThat(of("wide_decimal").ksStatistic()).isCloseTo(1.0 / 3, within(1e-4));
    assertThat(of("wide_decimal").referenceProfile().min())
        .isEqualTo(new java.math.BigDecimal("12345678901234567890123456").doubleValue());
    assertThat(of("wide_decimal").referenceProfile().stddev()).isCloseTo(0.8165, within(1e-4));
    assertThat(of("unsigned_64").wasserstein()).isEqualTo(1);
    assertThat(of("unsigned_64").ksStatistic()).isEqualTo(0.5);
  }

  @Test
  void decimalsAndWidthsOfIntegersAreNumbers() {
    assertThat(of("price").type()).isEqualTo("numeric");
    assertThat(of("price").referenceProfile().max()).isEqualTo(999.95);
    assertThat(of("tiny").referenceProfile().max()).isEqualTo(99);
    assertThat(of("unsigned").referenceProfile().min()).isEqualTo(4294900000.0);
  }

  @Test
  void newAndVanishedCategoriesCount() {
    DriftResult kind = of("kind");
    assertThat(kind.newCategoryRatio()).isEqualTo(0.1);
    assertThat(kind.newCategoryPValue()).isLessThan(1e-9);
    assertThat(of("flag").newCategoryPValue()).isEqualTo(1);
    assertThat(of("price").newCategoryPValue()).isNull();
    assertThat(kind.categories())
        .contains(new CategoryCount("__new__", 0, ROWS / 10))
        .contains(new CategoryCount("gone", ROWS / 10, 0));
    assertThat(kind.severity()).isEqualTo("high");
    assertThat(of("flag").categories())
        .extracting(CategoryCount::category)
        .containsExactly("false", "true");
  }

  @Test
  void embeddingsHaveMmdAndTheDriftOfTheirNorm() {
    DriftResult embedding = of("embedding");
    assertThat(embedding.type()).isEqualTo("embedding");
    assertThat(embedding.mmd2()).isPositive();
    assertThat(embedding.mmdPValue()).isEqualTo(0.001);
    // The norm goes from 1 to sqrt(1 + 1/4).
    assertThat(embedding.wasserstein()).isCloseTo(Math.sqrt(1.25) - 1, within(1e-9));
    assertThat(of("holes").referenceNulls()).isEqualTo(ROWS / 2);
    assertThat(run.of("embedding", "country=DE").mmd2()).isNull();
    assertThat(run.of("embedding", "country=DE").psi()).isNotNull();
  }

  @Test
  void segmentsAreThoseOfTheReferenceWithNullAndOthers() {
    assertThat(run.results())
        .extracting(DriftResult::segment)
        .contains("", "country=DE", "country=rare", "country=");
    assertThat(run.of("price", "country=").referenceRows()).isEqualTo(ROWS / 50);
    assertThat(run.of("price", "country=rare").referenceRows()).isEqualTo(ROWS / 50);
    long parts =
        run.results().stream()
            .filter(r -> r.feature().equals("price") && !r.segment().isEmpty())
            .mapToLong(DriftResult::currentRows)
            .sum();
    assertThat(parts).isEqualTo(ROWS);
  }

  @Test
  void filesRowGroupsAndParallelismChangeNothing() throws Exception {
    Path many = Files.createDirectories(folder.resolve("many/deep"));
    String all = columns(1, ROWS);
    for (int part = 0; part < 5; part++) {
      DriftRun.parquet(
          many.resolve("part-" + part + ".parquet"),
          "SELECT * FROM (%s) WHERE row_id %% 5 = %s".formatted(all, part),
          ", ROW_GROUP_SIZE 2048, COMPRESSION zstd");
    }
    DriftRun other = run(1, folder.resolve("reference.parquet"), folder.resolve("many"));
    Map<String, DriftResult> first = run.byFeature();
    other
        .byFeature()
        .forEach(
            (name, result) -> {
              DriftResult expected = first.get(name);
              // Samples of rows without an id are chosen by their place, which is another here.
              assertThat(result)
                  .usingRecursiveComparison()
                  .ignoringFields("computedAt", "mmd2", "mmdPValue", "reason", "severity")
                  .as(name)
                  .isEqualTo(expected);
            });
    assertThat(other.results()).hasSameSizeAs(run.results());
  }

  @Test
  void oneRowAndNoRowsAreInsufficientNotErrors() throws Exception {
    DriftRun.parquet(folder.resolve("one.parquet"), columns(0, ROWS) + " WHERE i = 0", "");
    DriftRun.parquet(folder.resolve("none.parquet"), columns(0, ROWS) + " WHERE i < 0", "");
    for (String few : List.of("one.parquet", "none.parquet")) {
      DriftRun small = run(2, folder.resolve("reference.parquet"), folder.resolve(few));
      assertThat(small.byFeature().get("price").severity()).isEqualTo("insufficient");
      DriftRun turned = run(2, folder.resolve(few), folder.resolve("reference.parquet"));
      assertThat(turned.byFeature().get("price").severity()).isEqualTo("insufficient");
    }
  }

  @Test
  void aColumnThatOnlyTheReferenceHasIsAFinding() throws Exception {
    DriftRun.parquet(
        folder.resolve("narrow.parquet"),
        "SELECT i AS row_id, 1 AS extra FROM range(100) t(i)",
        "");
    DriftRun narrow =
        DriftRun.of(
            2,
            "--reference",
            folder.resolve("reference.parquet").toString(),
            "--current",
            folder.resolve("narrow.parquet").toString(),
            "--features",
            "row_id",
            "--output",
            folder.resolve("tables").toString());
    assertThat(narrow.results()).hasSize(1);
    DriftRun all =
        DriftRun.of(
            2,
            "--reference",
            folder.resolve("reference.parquet").toString(),
            "--current",
            folder.resolve("narrow.parquet").toString(),
            "--output",
            folder.resolve("tables").toString());
    DriftResult price = all.byFeature().get("price");
    assertThat(price.missingSeverity()).isEqualTo("high");
    assertThat(price.overallSeverity()).isEqualTo("high");
    assertThat(price.reason()).startsWith("missing_column");
    assertThat(all.leftOut())
        .filteredOn(l -> l.column().equals("extra"))
        .extracting("reason")
        .containsExactly("only the current side has it");
  }
}
