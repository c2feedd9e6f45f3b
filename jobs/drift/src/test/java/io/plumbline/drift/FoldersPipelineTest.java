package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Columns whose values are in the names of folders. */
class FoldersPipelineTest {
  private static final String UNASKED =
      "it is in the names of folders; to use it, name it in --features, --segment-by or the config";

  @TempDir Path folder;

  /** Rows of one number column in a folder. */
  private Path put(String name, int rows, String columns) throws Exception {
    Path file = folder.resolve(name + "/part-0.parquet");
    Files.createDirectories(file.getParent());
    DriftRun.parquet(file, "SELECT %s FROM range(%s) t(i)".formatted(columns, rows), "");
    return folder.resolve(name.substring(0, name.indexOf('/')));
  }

  private Path put(String name, int rows) throws Exception {
    return put(name, rows, "i AS x");
  }

  private Path countries(String side, int german) throws Exception {
    put(side + "/country=DE/_p=1", german);
    put(side + "/country=a%2Fb/_p=1", 300);
    return put(side + "/country=__HIVE_DEFAULT_PARTITION__/_p=2", 200);
  }

  private String[] options(Path reference, Path current, String... more) {
    List<String> options =
        new ArrayList<>(
            List.of(
                "--reference", reference.toString(),
                "--current", current.toString(),
                "--output", folder.resolve("tables").toString()));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  private DriftRun drift(Path reference, Path current, String... more) throws Exception {
    return DriftRun.of(2, options(reference, current, more));
  }

  private Path config(String text) throws Exception {
    return Files.writeString(folder.resolve("plumbline.yaml"), text);
  }

  private Path snapshot(String name, Path input, String... more) throws Exception {
    List<String> options =
        new ArrayList<>(
            List.of("--input", input.toString(), "--output", folder.resolve(name).toString()));
    options.addAll(List.of(more));
    ProfileRun.of(options.toArray(String[]::new));
    return folder.resolve(name);
  }

  private static void assertCountries(DriftRun run) {
    assertThat(run.results())
        .filteredOn(result -> result.feature().equals("x"))
        .extracting(DriftResult::segment, DriftResult::referenceRows, DriftResult::currentRows)
        .contains(
            org.assertj.core.groups.Tuple.tuple("", 1000L, 600L),
            org.assertj.core.groups.Tuple.tuple("country=DE", 500L, 100L),
            org.assertj.core.groups.Tuple.tuple("country=a/b", 300L, 300L),
            org.assertj.core.groups.Tuple.tuple("country=", 200L, 200L));
  }

  @Test
  void rowsAreSegmentedByFolders() throws Exception {
    Path reference = countries("r", 500);
    Path current = countries("c", 100);
    DriftRun run = drift(reference, current, "--segment-by", "country");
    assertCountries(run);
    DriftResult country = run.of("country", "");
    assertThat(country.type()).isEqualTo("categorical");
    assertThat(country.referenceNulls()).isEqualTo(200);
    assertThat(country.categories())
        .contains(new CategoryCount("DE", 500, 100), new CategoryCount("a/b", 300, 300));
    assertThat(country.severity()).isEqualTo("high");
    assertThat(run.leftOut()).containsExactly(new DriftPlan.LeftOut("_p", UNASKED));
  }

  @Test
  void whatNobodyNamesIsLeftOutAndSaidHowToUse() throws Exception {
    DriftRun run = drift(countries("r", 500), countries("c", 100));
    assertThat(run.byFeature()).containsOnlyKeys("x");
    assertThat(run.leftOut())
        .containsExactly(
            new DriftPlan.LeftOut("country", UNASKED), new DriftPlan.LeftOut("_p", UNASKED));
    DriftRun one = drift(folder.resolve("r/country=DE/_p=1/part-0.parquet"), folder.resolve("c"));
    assertThat(one.leftOut())
        .extracting(DriftPlan.LeftOut::reason)
        .containsOnly("only the current side has it, in the names of folders");
  }

  @Test
  void patternsKeepTheFoldersThatTheyLeaveOpen() throws Exception {
    countries("r", 500);
    countries("c", 100);
    DriftRun run =
        drift(folder.resolve("r/*/"), folder.resolve("c/country=*"), "--segment-by", "country");
    assertCountries(run);
  }

  @Test
  void anOptionOrTheConfigMakesThemFeatures() throws Exception {
    Path reference = countries("r", 500);
    Path current = countries("c", 100);
    DriftRun run = drift(reference, current, "--features", "country");
    assertThat(run.byFeature()).containsOnlyKeys("country");
    assertThat(run.of("country", "").referenceRows()).isEqualTo(1000);
    Path config = config("features:\n- {name: country, type: categorical}\n");
    DriftRun configured = drift(reference, current, "--config", config.toString());
    assertThat(configured.of("country", "").severity()).isEqualTo("high");
    assertThat(configured.leftOut()).extracting("column").containsExactly("_p");
    Path gone = put("g/plain", 600);
    DriftResult missing = drift(reference, gone, "--features", "country").of("country", "");
    assertThat(missing.overallSeverity()).isEqualTo("high");
    assertThat(missing.reason()).startsWith("missing_column");
    assertThatThrownBy(
            () -> DriftRun.plan(Clock.systemUTC(), options(gone, gone, "--features", "country")))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("no column country");
  }

  @Test
  void theConfigMakesNumbersOfThem() throws Exception {
    for (String side : List.of("r", "c")) {
      put(side + "/year=2023", 20_000);
      put(side + "/year=2024", 300);
      put(side + "/year=unknown", 100);
      put(side + "/year=2024.5", 50);
    }
    Path config = config("features:\n- {name: year, type: numeric}\n");
    List<String> said = new ArrayList<>();
    String[] options =
        options(folder.resolve("r"), folder.resolve("c"), "--config", config.toString());
    DriftPlanner.plan(
        CommandLine.populateCommand(new DriftOptions(), options), Clock.systemUTC(), said::add);
    assertThat(said)
        .contains(
            "--current: %s: column year: names of folders that are no numbers count as missing: unknown"
                .formatted(folder.resolve("c")))
        .hasSize(2);
    DriftRun run = DriftRun.of(2, options);
    DriftResult year = run.of("year", "");
    assertThat(year.type()).isEqualTo("numeric");
    assertThat(year.currentRows()).isEqualTo(20_450);
    assertThat(year.currentNulls()).isEqualTo(100);
    assertThat(year.currentProfile().max()).isEqualTo(2024.5);
    assertThat(year.psi()).isZero();
  }

  @Test
  void numbersOfFilesMakeNumbersOfThem() throws Exception {
    Path reference = put("r/plain", 600, "i AS x, 1 + i // 300 AS month");
    put("c/month=01", 300);
    Path current = put("c/month=02", 300);
    DriftResult month = drift(reference, current).of("month", "");
    assertThat(month.psi()).isZero();
    assertThat(month.ksStatistic()).isZero();
    assertThat(month.type()).isEqualTo("numeric");
    Path config = config("features:\n- {name: month, type: categorical}\n");
    DriftResult named = drift(reference, current, "--config", config.toString()).of("month", "");
    assertThat(named.categories())
        .contains(new CategoryCount("1", 300, 300), new CategoryCount("2", 300, 300));
    DriftResult stored = drift(snapshot("p", reference), current).of("month", "");
    assertThat(stored.psi()).isZero();
    put("c/month=none", 300);
    DriftResult changed = drift(reference, current).of("month", "");
    assertThat(changed.reason()).startsWith("type_changed").contains("text of a folder's name");
  }

  @Test
  void theFilesOwnColumnWins() throws Exception {
    for (String side : List.of("r", "c")) {
      put(side + "/country=DE", 300, "i AS x, 'FR' AS country");
      put(side + "/country=US", 300, "i AS x, 'GB' AS country");
    }
    String[] options = options(folder.resolve("r"), folder.resolve("c"), "--segment-by", "country");
    List<String> said = new ArrayList<>();
    DriftPlanner.plan(
        CommandLine.populateCommand(new DriftOptions(), options), Clock.systemUTC(), said::add);
    assertThat(said)
        .contains(
            "--reference: %s: in files and in the names of their folders, and read from the files: country"
                .formatted(folder.resolve("r")));
    assertThat(DriftRun.of(1, options).results())
        .extracting(DriftResult::segment)
        .contains("country=FR", "country=GB")
        .doesNotContain("country=DE", "country=US");
  }

  @Test
  void profilesHaveThem() throws Exception {
    Path reference = countries("r", 500);
    Path current = countries("c", 100);
    Path plain = snapshot("plain", reference);
    assertThat(drift(plain, current).leftOut())
        .containsExactlyInAnyOrder(
            new DriftPlan.LeftOut("country", UNASKED), new DriftPlan.LeftOut("_p", UNASKED));
    assertThatThrownBy(
            () ->
                DriftRun.plan(
                    Clock.systemUTC(), options(plain, current, "--segment-by", "country")))
        .hasMessageContaining("take it with --segment-by country");
    assertCountries(
        drift(
            snapshot("cut", reference, "--segment-by", "country"),
            current,
            "--segment-by",
            "country"));
    Path half = snapshot("half", put("h1/country=DE", 500), "--segment-by", "country");
    put("h2/country=a%2Fb", 300);
    Path rest =
        snapshot(
            "rest", put("h2/country=__HIVE_DEFAULT_PARTITION__", 200), "--segment-by", "country");
    ProfileRun.write(
        SnapshotPlanner.merge(
            List.of(half.toString(), rest.toString()), folder.resolve("m").toString()));
    DriftResult merged = drift(folder.resolve("m"), current).of("country", "");
    assertThat(merged.categories())
        .contains(new CategoryCount("DE", 500, 100), new CategoryCount("a/b", 300, 300));
  }
}
