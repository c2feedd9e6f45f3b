package io.plumbline.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.plumbline.events.DriftResult;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that are compared as vectors, and columns of very many categories. */
class SamplesPipelineTest {
  @TempDir Path folder;

  private DriftRun run(String config, int parallelism) throws Exception {
    return DriftRun.of(
        parallelism,
        "--reference",
        folder.resolve("reference").toString(),
        "--current",
        folder.resolve("current").toString(),
        "--config",
        Files.writeString(folder.resolve("plumbline.yaml"), config).toString(),
        "--output",
        folder.resolve("tables").toString());
  }

  private void write(String side, String name, String select) throws Exception {
    Files.createDirectories(folder.resolve(side));
    DriftRun.parquet(folder.resolve(side).resolve(name), select, ", ROW_GROUP_SIZE 2048");
  }

  @Test
  void severalColumnsTogetherShowWhatNoneShowsAlone() throws Exception {
    // Each column is the same; together they went from equal to opposite.
    write(
        "reference", "a.parquet", "SELECT i AS id, sin(i) AS x, sin(i) AS y FROM range(3000) t(i)");
    write(
        "current", "a.parquet", "SELECT i AS id, sin(i) AS x, -sin(i) AS y FROM range(3000) t(i)");
    String config =
        """
        features: [{name: id, type: numeric, role: id}]
        drift: {multivariate: [{name: pair, features: [x, y]}]}
        """;
    DriftRun run = run(config, 2);
    DriftResult together = run.byFeature().get("__multivariate__:pair");
    assertThat(together.type()).isEqualTo("multivariate");
    assertThat(together.mmd2()).isPositive();
    assertThat(together.mmdPValue()).isEqualTo(0.001);
    assertThat(together.severity()).isEqualTo("low");
    assertThat(together.reason()).startsWith("MMD p 0.001 < 0.01");
    assertThat(run.byFeature().get("x").severity()).isEqualTo("none");
    assertThat(run.leftOut()).extracting("column").containsExactly("id");
  }

  @Test
  void samplesByIdDoNotDependOnFilesOrOrder() throws Exception {
    String rows = "SELECT i AS id, [sin(i), cos(i * i)] AS e FROM range(5000) t(i)";
    write("reference", "a.parquet", rows);
    write("current", "a.parquet", rows.replace("cos(i * i)", "cos(i * i) * 1.1"));
    String config = "features: [{name: id, type: numeric, role: id}]\n";
    DriftResult one = run(config, 1).byFeature().get("e");
    Files.delete(folder.resolve("current/a.parquet"));
    for (int part = 0; part < 3; part++) {
      write(
          "current",
          "part-" + part + ".parquet",
          "SELECT * FROM (%s) WHERE id %% 3 = %s ORDER BY hash(id)"
              .formatted(rows.replace("cos(i * i)", "cos(i * i) * 1.1"), part));
    }
    DriftResult many = run(config, 2).byFeature().get("e");
    assertThat(many.mmd2()).isEqualTo(one.mmd2());
    assertThat(many.mmdPValue()).isEqualTo(one.mmdPValue());
  }

  @Test
  void aMillionCategoriesAreCountedExactly() throws Exception {
    write(
        "reference",
        "a.parquet",
        "SELECT 'category ' || i % 1000000 AS c FROM range(1100000) t(i)");
    write(
        "current",
        "a.parquet",
        "SELECT 'category ' || i % 1000000 AS c FROM range(1000, 1101000) t(i)");
    DriftResult result = run("features: [{name: c, type: categorical}]", 2).byFeature().get("c");
    assertThat(result.newCategoryRatio()).isZero();
    // scipy.stats.chi2_contingency of 1,000 columns (2, 1), 1,000 (1, 2), 99,000 (2, 2), 899,000
    // (1, 1)
    assertThat(result.chi2Statistic()).isCloseTo(2000.0 / 3, within(1e-6));
    assertThat(result.chi2PValue()).isEqualTo(1);
    assertThat(result.severity()).isEqualTo("none");
    assertThat(result.categories()).hasSize(51);
  }
}
