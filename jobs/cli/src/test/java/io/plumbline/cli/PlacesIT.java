package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command on machines of any locale, with names of any letters. */
class PlacesIT {
  @TempDir Path folder;

  @BeforeEach
  void data() throws Exception {
    Files.createDirectories(folder.resolve("Zürich"));
    Cli.parquet(folder.resolve("r.parquet"), "SELECT i AS \"größe\" FROM range(400) t(i)");
    Cli.parquet(
        folder.resolve("Zürich/数据 50%.parquet"),
        "SELECT i + 300 AS \"größe\" FROM range(400) t(i)");
  }

  private Cli drift(Map<String, String> environment, String... more) throws Exception {
    String[] args = {
      "drift",
      "--reference",
      "r.parquet",
      "--current",
      "Zürich",
      "--features",
      "größe",
      "--output",
      "Tabellen für #1?",
      "--date",
      "2026-11-23"
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return Cli.plumblineWith(folder, environment, "", all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "de_DE.ISO-8859-1", "fa_IR", ""})
  void theLocaleOfTheMachineChangesNothing(String locale) throws Exception {
    Cli run = drift(Map.of("LC_ALL", locale, "LANG", locale), "--format", "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"feature\" : \"größe\"");
    assertThat(folder.resolve("Tabellen für #1?/metric_points")).isDirectory();
    assertThat(folder.resolve("Tabellen für #1?/reports")).isNotEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=tr -Duser.country=TR",
        "-Duser.language=hi -Duser.extensions=u-nu-deva"
      })
  void theLocaleOfTheProcessChangesNothing(String options) throws Exception {
    Cli run = drift(Map.of("PLUMBLINE_JAVA_OPTS", options));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("größe", "numeric", "400", "1 of 1 features drifted");
  }

  @Test
  void whatIsSkippedIsToldOnStderr() throws Exception {
    Files.writeString(folder.resolve("Zürich/liste.csv"), "a,b\n");
    Cli run = drift(Map.of(), "--format", "json");
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("{");
    assertThat(run.err())
        .contains("plumbline: --current: Zürich: skipped 1 not Parquet (liste.csv)");
  }
}
