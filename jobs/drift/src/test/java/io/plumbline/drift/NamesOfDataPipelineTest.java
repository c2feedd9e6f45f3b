package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.explain.Part;
import io.plumbline.drift.explain.SegmentChange;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.CategoryCount;
import io.plumbline.events.DriftResult;
import io.plumbline.events.Segment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data whose values are called as what is ours: in segments and categories, wherever they come. */
class NamesOfDataPipelineTest {
  private static final String[] PLACES = {"referenceUri", "referenceChecksum", "computedAt"};

  /** Each in so many rows. */
  private static final int FREQUENT = 300;

  private static final List<String> NAMES =
      Arrays.asList(
          null,
          "",
          "__other__",
          "__new__",
          "__rare__",
          "\"quoted\"",
          "\"__other__\"",
          "\"\\",
          "back\\slash",
          "a=b");

  /** Those of {@link #NAMES} as segments. */
  private static final List<String> SEGMENTS =
      List.of(
          "name=",
          "name=\"\"",
          "name=\"__other__\"",
          "name=\"__new__\"",
          "name=\"__rare__\"",
          "name=\"\\\"quoted\\\"\"",
          "name=\"\\\"__other__\\\"\"",
          "name=\"\\\"\\\\\"",
          "name=back\\slash",
          "name=a=b");

  /** More values, each in so many rows; of these the first have names, as they are fifty in all. */
  private static final int RARE = 40;

  private static final int RARE_VALUES = 70;
  private static final int RARE_BY_NAME = 50 - 9;

  @TempDir static Path folder;
  private static DriftRun raw;

  @BeforeAll
  static void compareRaw() throws Exception {
    String reference = names();
    DriftRun.parquet(folder.resolve("reference.parquet"), reference, "");
    for (int half = 0; half < 2; half++) {
      DriftRun.parquet(
          folder.resolve("half-" + half + ".parquet"),
          "SELECT * FROM (%s) WHERE i %% 2 = %s".formatted(reference, half),
          "");
    }
    DriftRun.parquet(
        folder.resolve("current.parquet"),
        "%s UNION ALL SELECT 'brand new', j, j::DOUBLE FROM range(500) u(j) UNION ALL SELECT '__fresh__', j, 7.0 FROM range(100) u(j)"
            .formatted(reference),
        "");
    raw = drift(folder.resolve("reference.parquet"), "--segment-by", "name");
  }

  private static String names() {
    List<String> rows = new ArrayList<>();
    NAMES.forEach(name -> rows.add(row(name, FREQUENT)));
    IntStream.range(0, RARE_VALUES).forEach(v -> rows.add(row("v%02d".formatted(v), RARE)));
    return "SELECT name, i, (i * 37 %% 101)::DOUBLE AS price FROM (VALUES %s) v(name, rows), range(%s) t(i) WHERE i < rows"
        .formatted(String.join(", ", rows), FREQUENT);
  }

  private static String row(String name, int rows) {
    return "(%s, %s)".formatted(name == null ? "NULL::VARCHAR" : "'" + name + "'", rows);
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
                "--exclude",
                "i",
                "--output",
                Files.createTempDirectory(folder, "tables").toString()));
    options.addAll(List.of(more));
    return DriftRun.of(2, options.toArray(String[]::new));
  }

  private static Path snapshot(String of) throws Exception {
    Path output = folder.resolve("profile-of-" + of);
    ProfileRun.of(
        "--input",
        folder.resolve(of).toString(),
        "--exact",
        "--segment-by",
        "name",
        "--output",
        output.toString());
    return output;
  }

  /** The reference's rows of each segment in which the price was compared. */
  private static Map<String, Long> rows(DriftRun run) {
    return run.results().stream()
        .filter(result -> result.feature().equals("price") && !result.segment().isEmpty())
        .collect(
            Collectors.toMap(
                DriftResult::segment, DriftResult::referenceRows, Long::sum, TreeMap::new));
  }

  private static Map<String, Long> expected() {
    Map<String, Long> expected = new TreeMap<>();
    SEGMENTS.forEach(segment -> expected.put(segment, (long) FREQUENT));
    IntStream.range(0, RARE_BY_NAME)
        .forEach(v -> expected.put("name=v%02d".formatted(v), (long) RARE));
    expected.put("name=__other__", (long) RARE * (RARE_VALUES - RARE_BY_NAME));
    return expected;
  }

  private static void assertSame(DriftRun run, DriftRun expected) {
    assertThat(run.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(PLACES)
        .containsExactlyInAnyOrderElementsOf(expected.results());
  }

  @Test
  void everyValueHasASegmentOfItsOwnAndTheRestHasOurs() {
    assertThat(rows(raw)).isEqualTo(expected());
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(Segment.parse(SEGMENTS.get(i))).isEqualTo(Segment.of("name", NAMES.get(i)));
    }
  }

  @Test
  void categoriesOfDataAreNotTakenForOurs() {
    assertThat(raw.of("name", "").categories())
        .contains(
            new CategoryCount("", FREQUENT, FREQUENT),
            new CategoryCount("\"__other__\"", FREQUENT, FREQUENT),
            new CategoryCount("\"__new__\"", FREQUENT, FREQUENT),
            new CategoryCount("\"__rare__\"", FREQUENT, FREQUENT),
            new CategoryCount("\"\\\"quoted\\\"\"", FREQUENT, FREQUENT),
            new CategoryCount("back\\slash", FREQUENT, FREQUENT),
            new CategoryCount("a=b", FREQUENT, FREQUENT),
            new CategoryCount("__new__", 0, 600),
            new CategoryCount(
                "__rare__",
                (RARE_VALUES - RARE_BY_NAME) * RARE,
                (RARE_VALUES - RARE_BY_NAME) * RARE))
        .doesNotHaveDuplicates()
        .hasSize(52);
    // Within a segment it is the only known one.
    assertThat(raw.of("name", "name=\"__new__\"").categories())
        .containsExactly(new CategoryCount("\"__new__\"", FREQUENT, FREQUENT));
  }

  @Test
  void explanationsTellThemApart() {
    List<DriftResult> segments =
        raw.results().stream()
            .filter(result -> result.feature().equals("name") && !result.segment().isEmpty())
            .toList();
    Explanation explanation = Explanation.of(raw.of("name", ""), segments, raw.plan().rules());
    assertThat(explanation.parts())
        .filteredOn(part -> part.kind() == Part.Kind.CATEGORY)
        .hasSize(50)
        .extracting(Part::label)
        .containsAll(NAMES.subList(1, NAMES.size()));
    assertThat(explanation.parts())
        .extracting(Part::kind)
        .containsOnlyOnce(Part.Kind.NEW, Part.Kind.UNLISTED);
    assertThat(explanation.segments()).extracting(SegmentChange::column).containsOnly("name");
    assertThat(explanation.segments().stream().mapToDouble(SegmentChange::currentRows).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void aProfileInPlaceOfTheDataSaysTheSame() throws Exception {
    assertSame(drift(snapshot("reference.parquet"), "--segment-by", "name"), raw);
  }

  @Test
  void aProfileOfTwoHalvesSaysTheSame() throws Exception {
    Path merged = folder.resolve("merged");
    ProfileRun.write(
        SnapshotPlanner.merge(
            List.of(snapshot("half-1.parquet").toString(), snapshot("half-0.parquet").toString()),
            merged.toString()));
    assertSame(drift(merged, "--segment-by", "name"), raw);
  }

  @Test
  void ofAProfileWithMoreSegmentsTheConfigTakesThoseWithMostRows() throws Exception {
    Path config = folder.resolve("config.yaml");
    Files.writeString(
        config, "models:\n  - {name: m, segments: [{column: name, max_values: 9}]}\n");
    String[] options = {"--model", "m", "--config", config.toString()};
    DriftRun few = drift(folder.resolve("reference.parquet"), options);
    Map<String, Long> expected = new TreeMap<>();
    SEGMENTS.forEach(segment -> expected.put(segment, (long) FREQUENT));
    expected.put("name=__other__", (long) RARE * RARE_VALUES);
    assertThat(rows(few)).isEqualTo(expected);
    assertSame(drift(snapshot("reference.parquet"), options), few);
  }

  @Test
  void columnsThatAreNamedAsResultsOfOursAreLeftOut() throws Exception {
    List<String> names =
        List.of("a", "b", "__multivariate__:pair", "__multivariate__", "__score__", "");
    MessageType schema =
        new MessageType(
            "row",
            names.stream()
                .<org.apache.parquet.schema.Type>map(
                    name -> Types.required(PrimitiveType.PrimitiveTypeName.DOUBLE).named(name))
                .toList());
    Path file = folder.resolve("columns.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      for (int i = 0; i < 100; i++) {
        Group row = new SimpleGroup(schema);
        for (int field = 0; field < names.size(); field++) {
          row.add(field, Math.sin(i + field));
        }
        writer.write(row);
      }
    }
    Path config = folder.resolve("pair.yaml");
    Files.writeString(config, "drift: {multivariate: [{name: pair, features: [a, b]}]}\n");
    DriftRun run =
        DriftRun.of(
            2,
            "--reference",
            file.toString(),
            "--current",
            file.toString(),
            "--config",
            config.toString(),
            "--output",
            Files.createTempDirectory(folder, "tables").toString());
    assertThat(run.results())
        .extracting(DriftResult::feature)
        .containsExactlyInAnyOrder(
            "a", "b", "__multivariate__:pair", "__multivariate__", "__score__");
    assertThat(run.byFeature().get("__multivariate__:pair").type()).isEqualTo("multivariate");
    assertThat(run.leftOut())
        .containsExactlyInAnyOrder(
            new DriftPlan.LeftOut(
                "__multivariate__:pair",
                "its name begins with __multivariate__:, as those of combinations do"),
            new DriftPlan.LeftOut(
                "", "it has no name, as results of the whole data set have none"));
  }

  @Test
  void tablesHaveTheSameTexts() throws Exception {
    String files = raw.plan().output() + "/drift_results/**/*.parquet";
    Map<String, Long> found = new TreeMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT segment, reference_rows FROM read_parquet('%s') WHERE feature = 'price' AND segment <> ''"
                    .formatted(files))) {
      while (rows.next()) {
        found.put(rows.getString(1), rows.getLong(2));
      }
    }
    assertThat(found).isEqualTo(expected());
  }
}
