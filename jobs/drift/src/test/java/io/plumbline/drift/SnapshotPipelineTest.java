package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.snapshot.WrittenProfile;
import io.plumbline.events.DriftResult;
import io.plumbline.profile.ProfileFile;
import io.plumbline.profile.SampledRow;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.commons.codec.digest.MurmurHash3;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A profile in place of the reference that it was taken of. */
class SnapshotPipelineTest {
  private static final int ROWS = 30_000;

  /** What of a result says where the reference lies. */
  private static final String[] PLACES = {"referenceUri", "computedAt"};

  @TempDir static Path folder;
  private static DriftRun raw;

  @BeforeAll
  static void compareRaw() throws Exception {
    DriftRun.parquet(
        folder.resolve("reference.parquet"),
        ColumnsPipelineTest.columns(0, ROWS),
        ", ROW_GROUP_SIZE 2048");
    DriftRun.parquet(
        folder.resolve("current.parquet"),
        ColumnsPipelineTest.columns(1, ROWS),
        ", ROW_GROUP_SIZE 2048");
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        features:
          - {name: row_id, type: numeric, role: id}
        drift:
          multivariate:
            - {name: pair, features: [price, huge], segments: true}
        """);
    raw = drift(folder.resolve("reference.parquet"));
  }

  private static DriftRun drift(Path reference) throws Exception {
    return DriftRun.of(
        2,
        "--reference",
        reference.toString(),
        "--reference-name",
        "r",
        "--current",
        folder.resolve("current.parquet").toString(),
        "--config",
        folder.resolve("config.yaml").toString(),
        "--segment-by",
        "country",
        "--output",
        folder.resolve("tables").toString());
  }

  private static Path snapshot(String name, Path input, String... more) throws Exception {
    Path output = folder.resolve(name);
    List<String> options =
        new ArrayList<>(
            List.of(
                "--input",
                input.toString(),
                "--config",
                folder.resolve("config.yaml").toString(),
                "--segment-by",
                "country",
                "--output",
                output.toString()));
    options.addAll(List.of(more));
    ProfileRun.of(options.toArray(String[]::new));
    return output;
  }

  private static Path merge(String name, Path... profiles) throws Exception {
    Path output = folder.resolve(name);
    ProfileRun.write(SnapshotPlanner.merge(texts(profiles), output.toString()));
    return output;
  }

  private static List<String> texts(Path... paths) {
    List<String> texts = new ArrayList<>();
    for (Path path : paths) {
      texts.add(path.toString());
    }
    return texts;
  }

  private static void assertSame(DriftRun run) {
    assertThat(run.leftOut()).containsExactlyInAnyOrderElementsOf(raw.leftOut());
    assertThat(run.results())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields(PLACES)
        .containsExactlyInAnyOrderElementsOf(raw.results());
  }

  @Test
  void whereEveryValueIsKeptAllIsTheSame() throws Exception {
    assertSame(drift(snapshot("exact", folder.resolve("reference.parquet"), "--exact")));
  }

  @Test
  void elseTheBinsStayExactAndTheRestHasItsBound() throws Exception {
    DriftRun run = drift(snapshot("cells", folder.resolve("reference.parquet")));
    DriftResult expected = raw.of("not_finite", "");
    DriftResult result = run.of("not_finite", "");
    assertThat(result)
        .usingRecursiveComparison()
        .ignoringFields(PLACES)
        .ignoringFields("ksStatistic", "ksPValue", "wasserstein", "bounds")
        .ignoringFields(PLACES)
        .isEqualTo(expected);
    Map<String, Double> bounds = result.bounds();
    assertThat(bounds.keySet()).isSubsetOf(Set.of("ks_statistic", "ks_p_value", "wasserstein"));
    assertThat(bounds).containsKeys("ks_statistic", "wasserstein");
    assertThat(expected.ksStatistic())
        .isBetween(result.ksStatistic(), result.ksStatistic() + bounds.get("ks_statistic"));
    assertThat(result.wasserstein())
        .isCloseTo(expected.wasserstein(), within(bounds.get("wasserstein")));
    // Fewer values than cells are all there.
    assertThat(run.of("price", "country=rare"))
        .usingRecursiveComparison()
        .ignoringFields(PLACES)
        .isEqualTo(raw.of("price", "country=rare"));
  }

  private static Map<String, List<SampledRow>> samples(Path profile) throws IOException {
    Map<String, List<SampledRow>> samples = new HashMap<>();
    ProfileFile.read(
            new org.apache.flink.core.fs.Path(profile.resolve(WrittenProfile.FILE).toUri()))
        .rows()
        .forEach(row -> samples.put(row.feature(), row.sample()));
    return samples;
  }

  private static long hash(long id) {
    return MurmurHash3.hash128x64(Long.toString(id).getBytes(StandardCharsets.US_ASCII))[0];
  }

  @Test
  void theSampleIsOfWholeRows() throws Exception {
    List<Long> ids =
        LongStream.range(0, ROWS)
            .boxed()
            .sorted((one, two) -> Long.compareUnsigned(hash(one), hash(two)))
            .limit(500)
            .toList();
    Path whole = snapshot("sampled", folder.resolve("reference.parquet"));
    Map<String, List<SampledRow>> samples = samples(whole);
    for (int i = 0; i < ids.size(); i++) {
      long id = ids.get(i);
      SampledRow number = samples.get("now_all_null").get(i);
      assertThat(number.values()).containsExactly(id);
      for (String feature : List.of("price", "not_finite", "kind", "country", "unsigned_64")) {
        assertThat(samples.get(feature).get(i).place()).isEqualTo(number.place());
        assertThat(samples.get(feature).get(i).hash()).isEqualTo(hash(id));
      }
      assertThat(samples.get("price").get(i).values()).containsExactly(id * 7919 % 100_000 / 100.0);
      double[] notFinite = samples.get("not_finite").get(i).values();
      switch ((int) (id % 20)) {
        case 0 -> assertThat(notFinite).containsExactly(Double.NaN);
        case 1 -> assertThat(notFinite).containsExactly(Double.POSITIVE_INFINITY);
        case 2 -> assertThat(notFinite).containsExactly(Double.NEGATIVE_INFINITY);
        case 3 -> assertThat(notFinite).isNull();
        default -> assertThat(notFinite).containsExactly(id);
      }
      assertThat(samples.get("kind").get(i).text()).isEqualTo(id % 10 == 0 ? "gone" : "c" + id % 4);
      assertThat(samples.get("country").get(i).text())
          .isEqualTo(id % 50 == 0 ? null : id % 50 == 1 ? "rare" : "DE");
      assertThat(samples.get("unsigned_64").get(i).text())
          .isEqualTo(id % 2 == 0 ? "18446744073709551613" : "18446744073709551614");
    }

    Path merged =
        merge(
            "sampled-merged",
            snapshot("sampled-1", part(1)),
            snapshot("sampled-0", part(0)),
            snapshot("sampled-2", part(2)));
    assertThat(samples(merged).get("price"))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("place")
        .containsExactlyElementsOf(samples.get("price"));
  }

  private static Path part(int part) throws Exception {
    Path file = folder.resolve("part-" + part + ".parquet");
    DriftRun.parquet(
        file,
        "SELECT * FROM '%s' WHERE row_id %% 3 = %s"
            .formatted(folder.resolve("reference.parquet"), part),
        "");
    return file;
  }

  @Test
  void profilesMergeInAnyOrder() throws Exception {
    Path[] days = new Path[3];
    Path[] exact = new Path[3];
    for (int i = 0; i < days.length; i++) {
      days[i] = snapshot("day-" + i, part(i));
      exact[i] = snapshot("exact-day-" + i, part(i), "--exact");
    }
    Path forward = merge("forward", days[0], days[1], days[2]);
    Path backward = merge("backward", days[2], days[1], days[0]);
    Path nested = merge("nested", merge("first", days[1], days[2]), days[0]);
    byte[] bytes = Files.readAllBytes(forward.resolve(WrittenProfile.FILE));
    assertThat(backward.resolve(WrittenProfile.FILE)).hasBinaryContent(bytes);
    assertThat(nested.resolve(WrittenProfile.FILE)).hasBinaryContent(bytes);

    DriftResult truth = raw.of("not_finite", "");
    DriftResult merged = drift(forward).of("not_finite", "");
    assertThat(merged.referenceRows()).isEqualTo(truth.referenceRows());
    assertThat(merged.bounds()).containsKeys("psi", "js_distance", "reference_quantiles");
    assertThat(merged.psi()).isCloseTo(truth.psi(), within(merged.bounds().get("psi")));
    assertThat(merged.referenceProfile().mean()).isEqualTo(truth.referenceProfile().mean());
    assertThat(merged.referenceProfile().stddev()).isEqualTo(truth.referenceProfile().stddev());

    DriftRun ofAll = drift(merge("exact-week", exact));
    assertThat(ofAll.of("price", ""))
        .usingRecursiveComparison()
        .ignoringFields(PLACES)
        .ignoringFields("referenceChecksum")
        .isEqualTo(raw.of("price", ""));
    assertThat(ofAll.of("kind", "country=DE"))
        .usingRecursiveComparison()
        .ignoringFields(PLACES)
        .ignoringFields("referenceChecksum")
        .isEqualTo(raw.of("kind", "country=DE"));
  }

  @Test
  void aValueThatIsNoSegmentEverywhereIsAmongTheOthers() throws Exception {
    Path few = snapshot("few", part(0), "--max-segment-values", "1", "--exact");
    Path many = snapshot("many", part(1), "--exact");
    InputFiles merged = InputFiles.at(merge("fewer", few, many).toString(), "PROFILE");
    assertThat(merged.profile().segments().get(0).names()).containsExactly("DE");
    assertThat(drift(folder.resolve("fewer")).of("price", "country=__other__").referenceRows())
        .isEqualTo(
            raw.of("price", "country=rare").referenceRows()
                - drift(snapshot("rest", part(2), "--exact"))
                    .of("price", "country=rare")
                    .referenceRows());
  }

  @Test
  void onlyWhereVectorsAreComparedTheyAreKept() throws Exception {
    Path profile = snapshot("vectors", folder.resolve("reference.parquet"));
    Map<String, Long> sampled = new HashMap<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT feature || ' ' || segment, len(sample) FROM '%s' WHERE feature IN ('embedding', '__multivariate__:pair')"
                    .formatted(profile.resolve(WrittenProfile.FILE)))) {
      while (rows.next()) {
        sampled.put(rows.getString(1), rows.getLong(2));
      }
    }
    assertThat(sampled)
        .containsEntry("embedding ", 500L)
        .containsEntry("embedding country=DE", 0L)
        .containsEntry("embedding country=", 0L)
        .containsEntry("__multivariate__:pair ", 500L)
        .containsEntry("__multivariate__:pair country=DE", 500L);
  }

  @Test
  void theSameDataIsNotCountedTwice() throws Exception {
    Path day = snapshot("once", part(0));
    assertThatThrownBy(
            () -> SnapshotPlanner.merge(texts(day, day), folder.resolve("twice").toString()))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining("which would count twice");
  }

  @Test
  void aMillionCategoriesAreSmallAndExact() throws Exception {
    Path wide = folder.resolve("wide.parquet");
    DriftRun.parquet(
        wide,
        "SELECT 'category-' || (i % 1000000) AS many, i::DOUBLE AS number FROM range(1100000) t(i)",
        "");
    Path output = folder.resolve("wide");
    ProfileRun.of("--input", wide.toString(), "--output", output.toString());
    Path file = output.resolve(WrittenProfile.FILE);
    assertThat(Files.size(file)).isLessThan(10_000_000);
    DriftRun run =
        DriftRun.of(
            2,
            "--reference",
            output.toString(),
            "--current",
            wide.toString(),
            "--output",
            folder.resolve("tables").toString());
    assertThat(run.of("many", "").chi2Statistic()).isZero();
    assertThat(run.of("many", "").psi()).isZero();
    assertThat(run.of("number", "").psi()).isZero();
  }
}
