package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.DriftResult;
import io.plumbline.events.FieldNames;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.binding.ConfigKeys;
import io.plumbline.runtime.control.ControlKind;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents say is what the code does. */
class DocumentsIT {
  @TempDir Path folder;

  private static String document(String name) throws IOException {
    return Files.readString(Cli.ROOT.resolve(name));
  }

  /** What the README's code block below a marker holds, commands or something else. */
  static String command(String marker) throws IOException {
    String readme = document("README.md");
    String block = readme.substring(readme.indexOf("<!-- " + marker + " -->"));
    String commands = block.substring(block.indexOf('\n', block.indexOf("```")));
    return commands.substring(0, commands.indexOf("```")).strip();
  }

  @Test
  void theReadmesRunPrintsWhatTheReadmeShows() throws Exception {
    List<String> words = new ArrayList<>(List.of(command("try").split(" ", -1)));
    assertThat(words.remove(0)).isEqualTo("./plumbline");
    words.replaceAll(w -> w.startsWith("samples/") ? Cli.ROOT.resolve(w).toString() : w);
    Cli run = Cli.plumbline(folder, words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    String readme = document("README.md");
    String shown = readme.substring(readme.indexOf("```\n") + 4);
    shown = shown.substring(0, shown.indexOf("\n```"));
    assertThat(timeless(run.out())).isEqualTo(timeless(shown));
  }

  private static String timeless(String output) {
    return output
        .replaceFirst("; [0-9.]+ s, [0-9,]+ rows/s", "")
        .replaceFirst("/drift-[0-9-]+,", "/drift-DATE,")
        .strip();
  }

  @Test
  void theReadmesNightlyRunAndQueryWork() throws Exception {
    Path day = Files.createDirectories(folder.resolve("features/dt=2026-11-23"));
    Files.createDirectories(folder.resolve("reference"));
    Cli.parquet(
        day.resolve("a.parquet"), "SELECT i AS amount, 'x' AS country FROM range(100) t(i)");
    Cli.parquet(
        folder.resolve("reference/v3.parquet"),
        "SELECT i AS amount, 'x' AS country FROM range(100) t(i)");
    Files.writeString(
        folder.resolve("plumbline.yaml"),
        "models: [{name: credit, segments: [{column: country}]}]\n");
    String nightly =
        command("nightly")
            .replace("\\\n", " ")
            .replace("/data/reference/v3", folder.resolve("reference").toString())
            .replace("/data/", folder + "/")
            .replace("'", "");
    List<String> words = new ArrayList<>(List.of(nightly.trim().split("\\s+", -1)));
    words.remove(0);
    words.addAll(List.of("--date", "2026-11-23"));
    Cli run = Cli.plumbline(folder, words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();

    String readme = document("README.md");
    String sql = readme.substring(readme.indexOf("```sql") + 6);
    sql =
        sql.substring(0, sql.indexOf("```"))
            .replace("plumbline-data/tables", folder + "/plumbline/tables");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet rows = duck.createStatement().executeQuery(sql)) {
      int found = 0;
      while (rows.next()) {
        found++;
      }
      // Two features, in everything and in country=x.
      assertThat(found).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"simulate", "quality"})
  void theReadmesSimulationsRun(String marker) throws Exception {
    String simulate = command(marker).lines().skip(1).findFirst().orElseThrow();
    List<String> words = new ArrayList<>(List.of(simulate.split(" ", -1)));
    assertThat(words.remove(0)).isEqualTo("./plumbline");
    // With a broker: SimulateIT.
    words.addAll(List.of("--stdout", "--count", "10"));
    Cli run = Cli.plumbline(folder, words.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("plumbline.predictions\t{");
    assertThat(folder.resolve("world.yaml")).isNotEmptyFile();
  }

  @Test
  void ciRunsTheReadmesTestCommand() throws Exception {
    assertThat(command("tests")).isEqualTo("mvn verify");
    assertThat(document(".ci/run")).contains("README.md", "<!-- tests -->");
  }

  @Test
  void everyNameStandsInTheContracts() throws Exception {
    String contracts = document("docs/contracts.md");
    Set<String> names = new TreeSet<>();
    collect(MetricPoint.class, names);
    collect(DriftResult.class, names);
    collect(ControlMessage.class, names);
    names.addAll(ConfigKeys.of(PlumblineConfig.class));
    for (ControlKind kind : ControlKind.values()) {
      names.add(kind.key());
      names.addAll(ConfigKeys.of(kind.type()));
    }
    Cli run =
        Cli.plumbline(
            folder,
            "drift",
            "--format",
            "json",
            "--reference",
            Cli.ROOT.resolve("samples/flights/current_february.parquet").toString(),
            "--current",
            Cli.ROOT.resolve("samples/flights/current_february.parquet").toString());
    JsonNode json = new ObjectMapper().readTree(run.out());
    json.get("run").fieldNames().forEachRemaining(names::add);
    json.get("verdict").fieldNames().forEachRemaining(names::add);
    json.at("/features/0").fieldNames().forEachRemaining(names::add);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet metrics =
            duck.createStatement()
                .executeQuery(
                    "SELECT DISTINCT metric FROM read_parquet('%s/plumbline-data/tables/metric_points/*/*/*.parquet')"
                        .formatted(folder))) {
      while (metrics.next()) {
        names.add(metrics.getString(1));
      }
    }
    assertThat(names).contains("psi", "noise_alpha", "max_values", "drifted_feature_ratio");
    names.removeIf(name -> contracts.contains("`" + name + "`"));
    assertThat(names).as("names that docs/contracts.md lacks").isEmpty();
  }

  private static void collect(Class<?> record, Set<String> names) {
    for (RecordComponent component : record.getRecordComponents()) {
      names.add(FieldNames.of(component));
      collect(component.getGenericType(), names);
    }
  }

  private static void collect(Type type, Set<String> names) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, names);
      }
    } else if (type instanceof Class<?> raw && raw.isRecord()) {
      collect(raw, names);
    }
  }
}
