package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.snapshot.SnapshotPlan;
import io.plumbline.drift.snapshot.WrittenProfile;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.input.BadInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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
    write(
        SnapshotPlanner.plan(
            CommandLine.populateCommand(new SnapshotOptions(), options.toArray(String[]::new))));
    return output;
  }

  private static Path merge(String name, Path... profiles) throws Exception {
    Path output = folder.resolve(name);
    write(SnapshotPlanner.merge(texts(profiles), output.toString()));
    return output;
  }

  private static List<String> texts(Path... paths) {
    List<String> texts = new ArrayList<>();
    for (Path path : paths) {
      texts.add(path.toString());
    }
    return texts;
  }

  private static void write(SnapshotPlan plan) throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
    try (CloseableIterator<WrittenProfile> written =
        SnapshotJob.define(env, plan).executeAndCollect()) {
      assertThat(written.next().path()).endsWith(WrittenProfile.FILE);
    }
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

  private static Path part(int part) throws Exception {
    Path file = folder.resolve("part-" + part + ".parquet");
    DriftRun.parquet(
        file,
        "SELECT * FROM '%s' WHERE row_id %% 3 = %d"
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
    assertThat(merged.profile().segments().get(0).values()).containsExactly("DE");
    assertThat(drift(folder.resolve("fewer")).of("price", "country=__other__").referenceRows())
        .isEqualTo(
            raw.of("price", "country=rare").referenceRows()
                - drift(snapshot("rest", part(2), "--exact"))
                    .of("price", "country=rare")
                    .referenceRows());
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
        "SELECT 'category-' || (i % 1000000) AS many, i AS number FROM range(1100000) t(i)",
        "");
    Path output = folder.resolve("wide");
    write(
        SnapshotPlanner.plan(
            CommandLine.populateCommand(
                new SnapshotOptions(), "--input", wide.toString(), "--output", output.toString())));
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
