package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dates, timestamps, and the index that pandas writes. */
class TimesPipelineTest {
  private static final int ROWS = 400;

  /** Points of time that every unit has, before 1970 too. */
  private static final String AT = "TIMESTAMP '1969-12-31 23:59:58' + to_milliseconds(i * 7919000)";

  @TempDir Path folder;

  private Path file(String name, String columns) throws Exception {
    return file(name, columns, "");
  }

  private Path file(String name, String columns, String options) throws Exception {
    Path file = folder.resolve(name + ".parquet");
    DriftRun.parquet(file, "SELECT %s FROM range(%s) t(i)".formatted(columns, ROWS), options);
    return file;
  }

  private static Path written(String name) throws URISyntaxException {
    return Path.of(TimesPipelineTest.class.getResource("types/" + name + ".parquet").toURI());
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

  private String numeric() throws Exception {
    return config("features:\n- {name: at, type: numeric}\n- {name: day, type: numeric}\n");
  }

  private String config(String text) throws Exception {
    return Files.writeString(folder.resolve("plumbline.yaml"), text).toString();
  }

  private Path snapshot(String name, Path input, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of("--input", input.toString(), "--output", folder.resolve(name).toString()));
    options.addAll(List.of(more));
    ProfileRun.of(options.toArray(String[]::new));
    return folder.resolve(name);
  }

  private Path write(String name, SnapshotPlan plan) throws Exception {
    ProfileRun.write(plan);
    return folder.resolve(name);
  }

  private static void assertSame(DriftResult result) {
    assertThat(result.type()).isEqualTo("numeric");
    assertThat(result.psi()).isZero();
    assertThat(result.ksStatistic()).isZero();
    assertThat(result.wasserstein()).isZero();
    assertThat(result.currentNulls()).isZero();
    assertThat(result.currentRows()).isEqualTo(ROWS);
    assertThat(result.currentProfile()).isEqualTo(result.referenceProfile());
  }

  private Path unit(String type) throws Exception {
    String select = "(%s)::%s AS at, (DATE '1969-12-01' + i::INTEGER) AS day".formatted(AT, type);
    return file(type.replace(' ', '_'), select);
  }

  @Test
  void unitsAgreeAsExactNumbers() throws Exception {
    Path micros = unit("TIMESTAMP");
    DriftRun same = drift(micros, micros, "--config", numeric());
    assertSame(same.of("at", ""));
    assertSame(same.of("day", ""));
    assertThat(same.of("at", "").currentProfile().min()).isEqualTo(-2);
    assertThat(same.of("at", "").currentProfile().max()).isEqualTo(-2 + 399 * 7919.0);
    assertThat(same.of("day", "").currentProfile().min()).isEqualTo(-31 * 86_400.0);
    assertThat(same.of("at", "").reason()).doesNotContain("compared as");
    for (String type : List.of("TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ")) {
      DriftResult at = drift(micros, unit(type), "--config", numeric()).of("at", "");
      assertSame(at);
      assertThat(at.reason()).contains("; compared as seconds since 1970: TIMESTAMP(MICROS,false)");
    }
  }

  @Test
  void daysAgreeWithTheirMidnights() throws Exception {
    String day = "(DATE '1969-12-01' + i::INTEGER)";
    Path dates = file("dates", day + " AS at");
    Path midnights = file("midnights", day + "::TIMESTAMP AS at");
    assertSame(drift(dates, midnights, "--config", numeric()).of("at", ""));
    assertSame(drift(midnights, dates, "--config", numeric()).of("at", ""));
  }

  @Test
  void timesBeyondTheFinestUnitAreExactToo() throws Exception {
    Path int96 = written("int96");
    String at =
        "CASE i WHEN 398 THEN TIMESTAMP '1969-12-31 23:59:59.999999' WHEN 399 THEN TIMESTAMP '9999-12-31'"
            + " ELSE TIMESTAMP '2026-01-01' + to_microseconds(i * 1000001) END AS at";
    Path micros = file("micros", at);
    assertSame(drift(int96, micros, "--config", numeric()).of("at", ""));
    assertSame(drift(micros, int96, "--config", numeric()).of("at", ""));
    Path nanos = unit("TIMESTAMP_NS");
    assertThat(drift(nanos, micros, "--config", numeric()).of("at", "").psi()).isPositive();
    Path profile = snapshot("p", int96, "--config", numeric());
    assertSame(drift(profile, int96, "--config", numeric()).of("at", ""));
  }

  @Test
  void profilesOfTwoUnitsMergeExactly() throws Exception {
    Path millis = unit("TIMESTAMP_MS");
    Path micros = unit("TIMESTAMP");
    Path nanos = unit("TIMESTAMP_NS");
    assertSame(
        drift(snapshot("p", millis, "--config", numeric()), nanos, "--config", numeric())
            .of("at", ""));
    Path other = file("other", "%s AS at, DATE '2026-01-01' AS day".formatted(AT));
    Path one = snapshot("p1", millis, "--config", numeric());
    Path two = snapshot("p2", other, "--config", numeric());
    Path merged =
        write(
            "m",
            SnapshotPlanner.merge(
                List.of(one.toString(), two.toString()), folder.resolve("m").toString()));
    DriftResult at = drift(merged, micros, "--config", numeric()).of("at", "");
    assertThat(at.referenceRows()).isEqualTo(2 * ROWS);
    assertThat(at.ksStatistic()).isZero();
    assertThat(at.currentProfile().max()).isEqualTo(at.referenceProfile().max());
  }

  @Test
  void numbersAreNotTimes() throws Exception {
    DriftResult at =
        drift(unit("TIMESTAMP"), file("numbers", "i AS at, i AS day"), "--config", numeric())
            .of("at", "");
    assertThat(at.overallSeverity()).isEqualTo("high");
    assertThat(at.reason())
        .startsWith("type_changed")
        .contains("TIMESTAMP(MICROS,false)", "INTEGER(64,true)");
  }

  @Test
  void withoutAWordTimesAreLeftOut() throws Exception {
    Path micros = file("micros", "i AS x, %s AS at, DATE '2026-01-01' AS day".formatted(AT));
    Path nanos = file("nanos", "i AS x, (%s)::TIMESTAMP_NS AS at, i AS day".formatted(AT));
    DriftRun run = drift(micros, nanos);
    assertThat(run.byFeature()).containsOnlyKeys("x");
    assertThat(run.leftOut())
        .extracting(DriftPlan.LeftOut::reason)
        .containsExactly("TIMESTAMP(MICROS,false) is not compared", "DATE is not compared");
  }

  @Test
  void segmentsAreByDayInUtc() throws Exception {
    String days = "TIMESTAMP '2026-03-01 23:00:00' + to_hours(i)";
    for (String type :
        List.of("TIMESTAMP", "TIMESTAMP_MS", "TIMESTAMP_NS", "TIMESTAMPTZ", "DATE", "VARCHAR")) {
      String at =
          type.equals("VARCHAR") ? "(" + days + ")::DATE::VARCHAR" : "(" + days + ")::" + type;
      Path file = file(type, "i AS x, %s AS at".formatted(at));
      DriftRun run =
          drift(
              file(type + "-r", "i AS x, (%s)::TIMESTAMP AS at".formatted(days)),
              file,
              "--segment-by",
              "at");
      assertThat(run.of("x", "at=2026-03-01").currentRows()).as(type).isEqualTo(1);
      assertThat(run.of("x", "at=2026-03-02").currentRows()).as(type).isEqualTo(24);
      assertThat(run.of("x", "at=2026-03-18").currentRows()).as(type).isEqualTo(15);
    }
    DriftRun run =
        drift(
            written("int96"),
            written("int96"),
            "--segment-by",
            "at",
            "--config",
            config("features:\n- {name: at, type: categorical}\n"));
    assertThat(run.of("at", "").categories())
        .contains(
            new CategoryCount("1969-12-31", 1, 1),
            new CategoryCount("2026-01-01", 398, 398),
            new CategoryCount("9999-12-31", 1, 1));
  }

  @Test
  void categoriesAreByDay() throws Exception {
    String config = config("features:\n- {name: at, type: categorical}\n");
    Path times = file("times", "DATE '2026-03-01'::TIMESTAMP + to_hours(i % 72) AS at");
    Path dates = file("dates", "DATE '2026-03-01' + (i % 72 // 24)::INTEGER AS at");
    DriftResult at = drift(times, dates, "--config", config).of("at", "");
    assertThat(at.psi()).isZero();
    assertThat(at.reason()).contains("compared as days in UTC");
    assertThat(at.categories()).contains(new CategoryCount("2026-03-03", 120, 120));
  }

  @Test
  void pandasIndexIsLeftOutUnlessNamed() throws Exception {
    Path index = written("pandas-index");
    Path plain = file("plain", "i::DOUBLE AS x");
    String reason =
        "it is in pandas' index; to use it, name it in --features, --segment-by or the config";
    DriftRun run = drift(index, plain);
    assertThat(run.byFeature()).containsOnlyKeys("x");
    assertThat(run.leftOut()).containsExactly(new DriftPlan.LeftOut("__index_level_0__", reason));
    assertThat(drift(plain, index).leftOut())
        .extracting(DriftPlan.LeftOut::reason)
        .containsExactly("only the current side has it, in pandas' index");
    assertThat(drift(snapshot("p", index), index).leftOut())
        .containsExactly(new DriftPlan.LeftOut("__index_level_0__", reason));
    DriftResult named =
        drift(index, index, "--features", "__index_level_0__").of("__index_level_0__", "");
    assertThat(named.psi()).isZero();
  }

  @Test
  void theReferenceSaysWhatIsAnIndex() throws Exception {
    String metadata = ", KV_METADATA {pandas: '{\"index_columns\": [\"city\"]}'}";
    String columns = "i::DOUBLE AS x, 'c' || i % 3 AS city";
    Path indexed = file("indexed", columns, metadata);
    Path plain = file("plain", columns);
    assertThat(drift(indexed, plain).leftOut()).extracting("column").containsExactly("city");
    assertThat(drift(plain, indexed).byFeature()).containsOnlyKeys("x", "city");
    assertThat(drift(indexed, plain, "--segment-by", "city").of("x", "city=c1").currentRows())
        .isEqualTo(133);
  }
}
