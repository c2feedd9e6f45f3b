package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plumbline.yaml from data loads without a change, and says what the data shows. */
class ConfigInitTest {
  @TempDir Path folder;

  private Path data() throws Exception {
    Path data = folder.resolve("reference.parquet");
    Cli.parquet(
        data,
        """
        SELECT
          'user-' || i AS user_id,
          i + 7 AS order_id,
          CASE WHEN i % 10 = 0 THEN NULL ELSE i / 4.0 END AS income,
          CASE i % 4 WHEN 0 THEN 'no' WHEN 1 THEN '#: - x' WHEN 2 THEN E'two\\nlines' ELSE '007' END AS odd,
          i % 3 = 0 AS flag,
          'c' || (i % 60) AS many,
          9007199254740993 + 3 * i AS huge,
          NULL::DOUBLE AS nothing,
          [i, 1]::DOUBLE[] AS embedding,
          i::DOUBLE AS "# {name: [x",
          TIMESTAMP '2026-01-01' AS at
        FROM range(2000) t(i)
        """);
    return data;
  }

  private int init(String... more) {
    String[] args = new String[more.length + 4];
    args[0] = "config";
    args[1] = "init";
    args[2] = "--output";
    args[3] = folder.resolve("plumbline.yaml").toString();
    System.arraycopy(more, 0, args, 4, more.length);
    return Plumbline.run(args);
  }

  @Test
  void whatTheDataShows() throws Exception {
    Path data = data();
    assertThat(init("--from", data.toString(), "--model", "credit")).isZero();
    Path file = folder.resolve("plumbline.yaml");
    PlumblineConfig config = ConfigLoader.load(file);
    Map<String, FeatureConfig> features = config.featuresByName();

    FeatureConfig income = features.get("income");
    assertThat(income.type()).isEqualTo(FeatureConfig.Type.NUMERIC);
    // 1 / 4 to 1999 / 4; a tenth is missing, and half as many again are usual.
    assertThat(income.range()).isEqualTo(new FeatureConfig.Range(0.25, 499.75));
    assertThat(income.nullThreshold()).isEqualTo(0.15);
    assertThat(features.get("flag").categories()).containsExactly("false", "true");
    assertThat(features.get("flag").nullThreshold()).isEqualTo(0.01);
    assertThat(features.get("odd").categories())
        .containsExactly("#: - x", "007", "no", "two\nlines");
    assertThat(features.get("many").categories()).isEmpty();
    assertThat(features.get("nothing").range()).isNull();
    assertThat(features.get("nothing").nullThreshold()).isEqualTo(1);
    assertThat(features.get("embedding").type()).isEqualTo(FeatureConfig.Type.EMBEDDING);
    assertThat(features.get("# {name: [x").range()).isEqualTo(new FeatureConfig.Range(0.0, 1999.0));
    assertThat(features.get("user_id").role()).isEqualTo(FeatureConfig.Role.ID);
    assertThat(features.get("user_id").type()).isEqualTo(FeatureConfig.Type.CATEGORICAL);
    assertThat(features.get("order_id").role()).isEqualTo(FeatureConfig.Role.ID);
    assertThat(features.get("order_id").type()).isEqualTo(FeatureConfig.Type.NUMERIC);
    assertThat(features).doesNotContainKey("at");
    assertThat(config.models().get(0).versions().get(0).reference()).isEqualTo(data.toString());

    String text = Files.readString(file);
    assertThat(text)
        .contains("# Drafted from " + data + ", 2,000 rows.")
        .contains("# 200 of 2,000 cells are missing, 10 %; half as many again are taken for usual")
        .contains("# an identifier: 2000 distinct values in 2000 reference rows")
        .contains("# 60 categories seen, too many to list here")
        .contains("# left out: at (TIMESTAMP(MICROS,false) is not compared)");
  }

  @Test
  void ofAProfileItSaysTheSame() throws Exception {
    Path data = data();
    assertThat(init("--from", data.toString())).isZero();
    String ofData = Files.readString(folder.resolve("plumbline.yaml"));
    Path profile = folder.resolve("profile");
    assertThat(
            Plumbline.run("snapshot", "--input", data.toString(), "--output", profile.toString()))
        .isZero();
    assertThat(init("--from", profile.toString(), "--force")).isZero();
    assertThat(folder.resolve("plumbline.yaml")).hasContent(ofData);
  }

  @Test
  void aColumnWithoutANameIsLeftOutWithAComment() throws Exception {
    Path data = folder.resolve("reference.parquet");
    Cli.parquet(data, "SELECT i AS \" \", i AS x FROM range(50) t(i)");
    assertThat(init("--from", data.toString(), "--model", "m")).isZero();
    Path file = folder.resolve("plumbline.yaml");
    PlumblineConfig config = ConfigLoader.load(file);
    assertThat(config.featuresByName()).containsOnlyKeys("x");
    assertThat(config.models().get(0).features()).containsExactly("x");
    assertThat(Files.readString(file)).contains("# left out: \" \" (a config cannot name it");
  }

  @Test
  void aFileThatIsThereStays() throws Exception {
    Path file = Files.writeString(folder.resolve("plumbline.yaml"), "mine");
    assertThat(init("--from", data().toString())).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(file).hasContent("mine");
    assertThat(List.of(folder.toFile().list())).hasSize(2);
  }
}
