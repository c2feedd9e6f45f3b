package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.input.BadInput;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns whose types differ between files and sides. */
class TypesPipelineTest {
  private static final int ROWS = 400;

  @TempDir Path folder;

  /** A file of 400 rows, by the columns of i. */
  private Path file(String name, String columns) throws Exception {
    Path file = folder.resolve(name + ".parquet");
    Files.createDirectories(file.getParent());
    DriftRun.parquet(file, "SELECT %s FROM range(%s) t(i)".formatted(columns, ROWS), "");
    return file;
  }

  private static Path written(String name) throws URISyntaxException {
    return Path.of(TypesPipelineTest.class.getResource("types/" + name + ".parquet").toURI());
  }

  private DriftRun drift(Path reference, Path current, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--reference", reference.toString(),
                "--current", current.toString(),
                "--output", folder.resolve("tables").toString()));
    options.addAll(List.of(more));
    return DriftRun.of(1, options.toArray(String[]::new));
  }

  private Path snapshot(String name, Path input) throws Exception {
    Path output = folder.resolve(name);
    ProfileRun.of("--input", input.toString(), "--output", output.toString());
    return output;
  }

  private Path merge(String name, Path... profiles) throws Exception {
    List<String> uris = new ArrayList<>();
    for (Path profile : profiles) {
      uris.add(profile.toString());
    }
    ProfileRun.write(SnapshotPlanner.merge(uris, folder.resolve(name).toString()));
    return folder.resolve(name);
  }

  private static void assertEqual(DriftResult result, String as) {
    assertThat(result.psi()).as(result.feature()).isZero();
    assertThat(result.currentRows()).as(result.feature()).isEqualTo(ROWS);
    assertThat(result.currentNulls()).as(result.feature()).isZero();
    assertThat(result.reason()).as(result.feature()).contains("; compared as " + as);
    if (result.type().equals("numeric")) {
      assertThat(result.ksStatistic()).as(result.feature()).isZero();
      assertThat(result.wasserstein()).as(result.feature()).isZero();
      assertThat(result.currentProfile()).isEqualTo(result.referenceProfile());
    }
  }

  private static void assertTypeChanged(DriftResult result, String... words) {
    assertThat(result.overallSeverity()).as(result.feature()).isEqualTo("high");
    assertThat(result.reason()).startsWith("type_changed: ").contains(words);
    assertThat(result.currentNulls()).isEqualTo(result.currentRows());
    assertThat(result.psi()).isNull();
  }

  private static final String ONE_SIDE =
      """
      i::INTEGER AS integers, i::TINYINT % 100::TINYINT AS narrow, i::UBIGINT AS unsigned,
      i AS whole, i AS scaled, i AS long_scaled, i / 4 AS quarters, i / 100 AS cents,
      (i / 100)::DECIMAL(10, 2) AS rescaled, (i / 100)::DECIMAL(10, 2) AS widened,
      12345678901234567890123456::DECIMAL(38, 2) + i AS wide,
      (i / 4)::FLOAT AS floats, 'c' || i % 3 AS text, [i, 1]::FLOAT[] AS vectors
      """
          .replace("i::TINYINT % 100::TINYINT", "(i % 100)::TINYINT");

  private static final String OTHER_SIDE =
      """
      i::HUGEINT::BIGINT AS integers, (i % 100)::UBIGINT AS narrow, i::DOUBLE AS unsigned,
      i::DOUBLE AS whole, i::DECIMAL(12, 2) AS scaled, i::DECIMAL(38, 10) AS long_scaled,
      (i / 4)::DECIMAL(10, 2) AS quarters, (i / 100)::DECIMAL(38, 10) AS cents,
      (i / 100)::DECIMAL(12, 5) AS rescaled, (i / 100)::DECIMAL(10, 2)::DECIMAL(38, 20) AS widened,
      12345678901234567890123456::DECIMAL(38, 5) + i AS wide,
      (i / 4)::DOUBLE AS floats, ('c' || i % 3)::BLOB AS text, [i, 1]::DOUBLE[] AS vectors
      """;

  @Test
  void valuesThatConvertAreComparedAndTheReasonSaysSo() throws Exception {
    Path one = file("one", ONE_SIDE);
    Path other = file("other", OTHER_SIDE);
    for (DriftRun run : List.of(drift(one, other), drift(other, one))) {
      assertThat(run.leftOut()).isEmpty();
      assertEqual(run.of("integers", ""), "integers: ");
      assertEqual(run.of("narrow", ""), "integers: ");
      assertEqual(run.of("unsigned", ""), "doubles: ");
      assertEqual(run.of("whole", ""), "doubles: ");
      assertEqual(run.of("scaled", ""), "decimals of scale 2: ");
      assertEqual(run.of("long_scaled", ""), "decimals of scale 10: ");
      assertEqual(run.of("quarters", ""), "doubles, each decimal as the nearest double: ");
      assertEqual(run.of("cents", ""), "doubles, each decimal as the nearest double: ");
      assertEqual(run.of("rescaled", ""), "decimals of scale 5: ");
      assertEqual(run.of("widened", ""), "decimals of scale 20: ");
      assertEqual(run.of("wide", ""), "decimals of scale 5: ");
      assertEqual(run.of("floats", ""), "doubles: ");
      assertEqual(run.of("text", ""), "text: ");
      assertEqual(run.of("vectors", ""), "vectors of doubles: ");
    }
  }

  @Test
  void filesOfOneSideConvertAndSoDoProfiles() throws Exception {
    Path one = file("one", ONE_SIDE);
    file("both/a", ONE_SIDE);
    file("both/b", OTHER_SIDE);
    DriftRun mixed = drift(folder.resolve("both"), one);
    for (DriftResult result : mixed.results()) {
      assertThat(result.psi()).as(result.feature()).isZero();
      assertThat(result.referenceRows()).isEqualTo(2 * ROWS);
    }
    Path merged = merge("merged", snapshot("p1", one), snapshot("p2", file("other", OTHER_SIDE)));
    Path whole = snapshot("whole", folder.resolve("both"));
    for (Path profile : List.of(merged, whole)) {
      DriftRun run = drift(profile, one);
      assertThat(run.results()).hasSameSizeAs(mixed.results());
      for (DriftResult result : run.results()) {
        DriftResult raw = mixed.of(result.feature(), "");
        assertThat(result.psi()).as(result.feature()).isEqualTo(raw.psi());
        assertThat(result.ksStatistic()).as(result.feature()).isEqualTo(raw.ksStatistic());
        assertThat(result.referenceRows()).isEqualTo(2 * ROWS);
      }
    }
  }

  @Test
  void integersThatDoublesCannotHoldAreStillToldApart() throws Exception {
    // 2^53 + {0, 1, 2} against 2^53 + {0, 2, 4}: of the first, a third is no double.
    Path integers = file("integers", "9007199254740992 + i % 3 AS v");
    Path doubles = file("doubles", "(9007199254740992 + 2 * (i % 3))::DOUBLE AS v");
    DriftResult result = drift(integers, doubles).of("v", "");
    assertThat(result.ksStatistic()).isCloseTo(1.0 / 3, within(0.01));
    assertThat(result.wasserstein()).isCloseTo(1, within(0.01));
    assertThat(result.reason()).contains("compared as exact numbers");
  }

  @Test
  void typesThatDoNotConvertAreAFindingAndTheRunGoesOn() throws Exception {
    Path one = file("one", "'a' || i % 2 AS v, i AS w, true AS flag, i AS x, [i, 2] AS l");
    Path other =
        file("other", "i AS v, TIMESTAMP '2026-01-01' AS w, 'true' AS flag, i AS x, [i] AS l");
    DriftRun run = drift(one, other);
    assertTypeChanged(run.of("v", ""), "one.parquet", "other.parquet", " against INT");
    assertTypeChanged(run.of("w", ""), "TIMESTAMP");
    assertTypeChanged(run.of("flag", ""), "BOOLEAN");
    assertTypeChanged(
        run.of("l", ""), "lists of 2 numbers in the reference, of 1 numbers in the current side");
    assertThat(run.of("x", "").overallSeverity()).isEqualTo("none");
    file("both/a", "'a' || i % 2 AS v, i AS x");
    file("both/b", "i AS v, i AS x");
    assertTypeChanged(drift(one, folder.resolve("both")).of("v", ""), "b.parquet");
    DriftResult within = drift(folder.resolve("both"), one).of("v", "");
    assertTypeChanged(within, "a.parquet", "b.parquet");
    assertThat(within.referenceNulls()).isEqualTo(within.referenceRows());
    assertTypeChanged(drift(snapshot("p", one), other).of("v", ""), "profile.parquet");
  }

  @Test
  void whatIsNotComparedNeedNotAgree() throws Exception {
    Path one = file("one", "i AS v, i AS id, TIMESTAMP '2026-01-01' AS t, i AS x");
    Path other = file("other", "'v' AS v, 'id' AS id, DATE '2026-01-01' AS t, i AS x");
    Files.writeString(
        folder.resolve("c.yaml"), "features:\n- {name: id, type: categorical, role: id}\n");
    DriftRun run =
        drift(one, other, "--exclude", "v", "--config", folder.resolve("c.yaml").toString());
    assertThat(run.results()).extracting(DriftResult::feature).containsExactly("x");
    assertThat(drift(one, other, "--features", "x").results()).hasSize(1);
  }

  @Test
  void aColumnWithoutAValueIsOfNoType() throws Exception {
    Path typed = file("typed", "'a' || i % 2 AS s, [i, 2]::DOUBLE[] AS l, i::DOUBLE AS x");
    Path duck = file("duck", "NULL AS s, NULL AS l, i::DOUBLE AS x");
    for (Path empty : List.of(written("null"), duck)) {
      DriftRun outage = drift(typed, empty);
      DriftRun before = drift(empty, typed);
      DriftRun profile = drift(snapshot("p-" + empty.getFileName(), empty), typed);
      for (String name : List.of("s", "l")) {
        assertThat(outage.of(name, "").overallSeverity()).isEqualTo("high");
        assertThat(outage.of(name, "").reason()).startsWith("all_missing: ");
        for (DriftRun reference : List.of(before, profile)) {
          assertThat(reference.of(name, "").referenceNulls()).isEqualTo(ROWS);
          assertThat(reference.of(name, "").currentNulls()).isZero();
          assertThat(reference.of(name, "").reason()).startsWith("missing cells 100.0 % -> 0.0 %");
        }
      }
    }
    assertThat(drift(written("only-null"), typed).of("s", "").referenceNulls()).isEqualTo(ROWS);
  }

  @Test
  void aColumnWithoutAValueInOneOfSeveralFilesIsMissingThere() throws Exception {
    Path typed = file("both/a", "'a' || i % 2 AS s, [i, 2]::DOUBLE[] AS l, i::DOUBLE AS x");
    Files.copy(written("null"), folder.resolve("both/b.parquet"));
    Path merged = merge("m", snapshot("p1", typed), snapshot("p2", written("null")));
    for (Path reference : List.of(folder.resolve("both"), merged)) {
      DriftRun run = drift(reference, typed);
      for (String name : List.of("s", "l")) {
        assertThat(run.of(name, "").referenceRows()).isEqualTo(2 * ROWS);
        assertThat(run.of(name, "").referenceNulls()).isEqualTo(ROWS);
        assertThat(run.of(name, "").psi()).isZero();
      }
    }
  }

  @Test
  void profilesOfDaysWhoseColumnsDifferMergeWithoutTheseColumns() throws Exception {
    String ragged = "[i, 1, 2, 3][:1 + i % 4] AS ragged, ";
    Path one =
        file("one", ragged + "i AS x, 'a' || i % 2 AS changed, 'b' AS gone, i AS only_left_out");
    Path other =
        file("other", ragged + "i AS x, i AS changed, TIMESTAMP '2026-01-01' AS only_left_out");
    Path first = snapshot("p1", one);
    Path second = snapshot("p2", other);
    for (Path merged : List.of(merge("m", first, second), merge("n", second, first))) {
      DriftRun run = drift(merged, one);
      assertThat(run.results()).extracting(DriftResult::feature).containsExactly("x");
      assertThat(run.of("x", "").referenceRows()).isEqualTo(2 * ROWS);
      assertThat(reason(run, "changed")).startsWith("it differs in type: ").contains("STRING");
      assertThat(reason(run, "gone")).endsWith("other.parquet has none");
      assertThat(reason(run, "only_left_out")).contains("TIMESTAMP");
      assertThat(reason(run, "ragged")).contains("differ in length");
    }
    Path alone = snapshot("p3", file("third", "'c' AS gone"));
    assertThatThrownBy(() -> merge("o", second, alone))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("nothing to compare: changed: ");
  }

  private static String reason(DriftRun run, String column) {
    return run.leftOut().stream()
        .filter(left -> left.column().equals(column))
        .findFirst()
        .orElseThrow()
        .reason();
  }

  @Test
  void whatTheConfigSpellsOtherwiseThanTheFilesIsTold() throws Exception {
    Path file = file("one", "i AS \"Income\", i % 7 AS age");
    Files.writeString(
        folder.resolve("c.yaml"),
        "features:\n- {name: income, type: numeric}\n- {name: years, type: numeric}\n");
    String config = folder.resolve("c.yaml").toString();
    DriftRun run = drift(file, file, "--config", config);
    assertThat(run.leftOut()).extracting("column").containsExactly("income");
    assertThat(reason(run, "income"))
        .isEqualTo(
            "the config names it, and no file has it; did you mean Income, which differs in case?");
    assertThat(drift(file, file, "--config", config, "--features", "age").leftOut()).isEmpty();
  }

  @Test
  void aDecimalOfAnyPrecisionIsCompared() throws Exception {
    Path integers = file("integers", "i AS v, i AS beyond");
    DriftRun run = drift(written("decimal76"), integers);
    assertThat(run.of("v", "").psi()).isZero();
    assertThat(run.of("v", "").ksStatistic()).isZero();
    assertThat(run.of("beyond", "").ksStatistic()).isOne();
    assertThat(run.of("beyond", "").referenceProfile().min()).isEqualTo(1e70);
    assertThat(drift(snapshot("p", written("decimal76")), integers).of("v", "").psi()).isZero();
  }

  @Test
  void listsOfSeveralLengthsAreLeftOut() throws Exception {
    Path ragged = file("ragged", "[i, 1, 2, 3][:1 + i % 4] AS l, i AS x");
    DriftRun run = drift(ragged, ragged);
    assertThat(run.results()).extracting(DriftResult::feature).containsExactly("x");
    assertThat(run.leftOut())
        .extracting("reason")
        .containsExactly("its lists differ in length: 1 to 4 numbers");
    DriftRun stored = drift(snapshot("p", ragged), ragged);
    assertThat(stored.leftOut()).isEqualTo(run.leftOut());
  }

  @Test
  void whatHasVanishedIsMissingAndOnlyANameOfNeitherSideIsWrong() throws Exception {
    Path one = file("one", "i AS x, 'a' || i % 2 AS s, 1 AS gone");
    Path other = file("other", "i AS x");
    DriftRun segmented = drift(one, other, "--segment-by", "s", "--features", "x");
    assertThat(segmented.of("s", "").reason()).startsWith("missing_column: ");
    assertThat(segmented.of("s", "").overallSeverity()).isEqualTo("high");
    assertThat(segmented.of("x", "s=").currentRows()).isEqualTo(ROWS);
    DriftRun vanished = drift(one, other, "--features", "gone");
    assertThat(vanished.of("gone", "").reason()).startsWith("missing_column: ");
    assertThatThrownBy(() -> drift(one, other, "--features", "nowhere"))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("has no column nowhere");
    DriftRun later = drift(other, one, "--segment-by", "s", "--features", "x");
    assertThat(later.results()).hasSize(1);
    assertThat(later.leftOut()).extracting("column").containsExactly("s");
  }

  @Test
  void whatIsNotComparedIsMissingAllTheSameWhereItOrItsValuesAreGone() throws Exception {
    Path one = file("one", "i AS x, TIMESTAMP '2026-01-01' AS t, [i, 1, 2, 3][:1 + i % 4] AS l");
    Path other = file("other", "i AS x");
    for (Path reference : List.of(one, snapshot("p", one))) {
      DriftRun run = drift(reference, other);
      for (String name : List.of("t", "l")) {
        assertThat(run.of(name, "").reason()).startsWith("missing_column: ");
        assertThat(run.of(name, "").overallSeverity()).isEqualTo("high");
        assertThat(run.of(name, "").referenceRows()).isEqualTo(ROWS);
      }
      assertThat(run.leftOut()).isEmpty();
    }
    assertThat(drift(one, other, "--exclude", "t", "--exclude", "l").results()).hasSize(1);
    Path empty = file("empty", "i AS x, NULL::TIMESTAMP AS t");
    for (Path reference : List.of(one, snapshot("q", one))) {
      for (DriftResult gone :
          List.of(
              drift(reference, empty).of("t", ""), drift(reference, written("null")).of("l", ""))) {
        assertThat(gone.reason()).startsWith("all_missing: ");
        assertThat(gone.overallSeverity()).isEqualTo("high");
      }
    }
  }

  @Test
  void theConfigsTypeIsHeldAgainstTheReferenceAndTheDayAgainstBoth() throws Exception {
    Path one =
        file(
            "one",
            "i AS n, 'x' AS never, (i % 2)::DOUBLE AS label, 0.1::DECIMAL(4, 2) AS share, i AS m");
    Path other =
        file(
            "other",
            "'t' AS n, i AS never, i % 2 AS label, CASE i % 2 WHEN 0 THEN 0.1::DOUBLE ELSE 'nan'::DOUBLE END AS share, 'm' AS m");
    Files.writeString(
        folder.resolve("c.yaml"),
        """
        features:
        - {name: n, type: numeric}
        - {name: never, type: numeric}
        - {name: label, type: categorical}
        - {name: share, type: categorical}
        drift:
          multivariate:
          - {name: pair, features: [n, m]}
        """);
    DriftRun run = drift(one, other, "--config", folder.resolve("c.yaml").toString());
    assertTypeChanged(run.of("n", ""), "the config expects it to be numeric");
    assertThat(run.leftOut())
        .extracting("column")
        .containsExactly("never", "__multivariate__:pair");
    assertThat(run.of("label", "").psi()).isZero();
    assertThat(run.of("label", "").categories())
        .containsExactly(
            new CategoryCount("0", ROWS / 2, ROWS / 2), new CategoryCount("1", ROWS / 2, ROWS / 2));
    assertThat(run.of("share", "").categories())
        .containsExactly(new CategoryCount("0.1", ROWS, ROWS / 2));
    assertThat(run.of("share", "").currentNulls()).isEqualTo(ROWS / 2);
  }

  @Test
  void segmentsHaveTheSameNamesInEveryType() throws Exception {
    Path one = file("one", "i AS x, i % 2 AS s");
    Path other = file("other", "i AS x, CASE WHEN i % 2 = 0 THEN (i % 2)::DOUBLE END AS s");
    DriftRun run = drift(one, other, "--segment-by", "s", "--features", "x");
    assertThat(run.of("x", "s=0").currentRows()).isEqualTo(ROWS / 2);
    assertThat(run.of("x", "s=").currentRows()).isEqualTo(ROWS / 2);
  }

  @Test
  void columnsThatCannotBeReadCostThemselvesAlone() throws Exception {
    Path numbers = file("numbers", "i::DOUBLE AS x");
    DriftRun variant = drift(written("variant"), written("variant"));
    assertThat(variant.results()).extracting(DriftResult::feature).containsExactly("x");
    assertThat(variant.leftOut())
        .extracting("reason")
        .containsExactly("a logical type that is not known is not compared");
    DriftRun twice = drift(written("twice"), numbers, "--features", "x");
    assertThat(twice.of("x", "").psi()).isZero();
    assertThat(twice.leftOut()).extracting("column").containsExactly("x");
    DriftRun current = drift(numbers, written("twice"), "--features", "x");
    assertThat(reason(current, "x")).contains("second column", "twice.parquet");
    assertThat(drift(written("half"), numbers).of("x", "").psi()).isZero();
  }

  @Test
  void bytesThatAreNoTextAreLeftOut() throws Exception {
    Path bytes = file("bytes", "'\\xFF\\x00'::BLOB AS b, ('t' || i % 2)::BLOB AS t");
    DriftRun run = drift(bytes, bytes);
    assertThat(run.results()).extracting(DriftResult::feature).containsExactly("t");
    assertThat(run.leftOut()).extracting("reason").containsExactly("bytes that are no UTF-8 text");
  }
}
