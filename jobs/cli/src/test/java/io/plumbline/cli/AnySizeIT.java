package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fits in memory and what does not is compared by the same figures, to the last digit. */
class AnySizeIT {
  private static final int ROWS = 1_500_000;

  /** Sorts 600,000 values at once. */
  private static final String LITTLE = "-Xmx256m -Djava.io.tmpdir=";

  @TempDir static Path folder;
  private static JsonNode exact;

  @BeforeAll
  static void write() throws Exception {
    for (int side = 0; side < 2; side++) {
      Cli.parquet(
          folder.resolve(side == 0 ? "reference.parquet" : "current.parquet"),
          """
          SELECT
            sqrt(-2 * ln(u)) * cos(2 * pi() * v) + 0.01 * %1$d AS normal,
            CASE WHEN u < 0.6 THEN 0 ELSE exp(v) END AS mostly_zero,
            (50 + 10 * (u - v))::FLOAT AS narrow,
            (exp(20 * u) * 1000000)::BIGINT AS integers,
            CASE WHEN v < 0.1 THEN NULL ELSE -u * 1e300 END AS huge,
            's' || (i %% 3) AS shop
          FROM (
            SELECT i, ((hash(i * 4096 + %1$d) >> 11)::DOUBLE + 0.5) / 9007199254740992.0 AS u,
              ((hash(i * 4096 + 2 + %1$d) >> 11)::DOUBLE + 0.5) / 9007199254740992.0 AS v
            FROM range(%2$d) t(i))
          """
              .formatted(side, ROWS));
    }
    exact = run("");
  }

  private static JsonNode run(String jvm, String... more) throws Exception {
    List<String> args =
        new ArrayList<>(
            List.of("drift", "--reference", "reference.parquet", "--current", "current.parquet"));
    args.addAll(List.of("--output", "tables", "--no-report", "--format", "json"));
    args.addAll(List.of("--segment-by", "shop"));
    args.addAll(List.of(more));
    Cli run =
        Cli.plumblineWith(
            folder, Map.of("PLUMBLINE_JAVA_OPTS", jvm), "", args.toArray(String[]::new));
    assertThat(run.exit()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.out()).get("features");
  }

  @Test
  void littleMemoryChangesNothing() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    assertThat(exact).hasSize(24);
    assertThat(exact).allSatisfy(feature -> assertThat(feature.get("bounds")).isEmpty());
    assertThat(run(LITTLE + temporary)).isEqualTo(exact);
    assertThat(run(LITTLE + temporary, "--parallelism", "1")).isEqualTo(exact);
    try (Stream<Path> left = Files.walk(temporary)) {
      assertThat(left.filter(file -> file.toString().contains("plumbline-"))).isEmpty();
    }
  }

  @Test
  void aColumnOfMoreTextThanMemoryHoldsIsLeftOutByName() throws Exception {
    Files.writeString(
        folder.resolve("visitors.yaml"), "features: [{name: visitor, type: categorical}]\n");
    Cli.parquet(
        folder.resolve("visitors.parquet"),
        "SELECT 'visitor-' || i AS visitor, i / 7.0 AS x FROM range(400000) t(i)");
    Map<String, String> little = Map.of("PLUMBLINE_JAVA_OPTS", "-Xmx256m");
    String[] drift = {
      "drift --reference visitors.parquet --current visitors.parquet",
      "--config visitors.yaml --output visitor-tables --no-report --format json"
    };
    Cli run = Cli.plumblineWith(folder, little, "", String.join(" ", drift).split(" "));
    assertThat(run.exit()).as(run.err()).isZero();
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.get("features")).hasSize(1);
    assertThat(report.at("/features/0/feature").asText()).isEqualTo("x");
    assertThat(report.at("/run/left_out/0/column").asText()).isEqualTo("visitor");
    assertThat(report.at("/run/left_out/0/reason").asText())
        .startsWith("more distinct values than memory holds")
        .contains("role: id", "--exclude");
    Cli snapshot =
        Cli.plumblineWith(
            folder,
            little,
            "",
            "snapshot --input visitors.parquet --config visitors.yaml --output visitors"
                .split(" "));
    assertThat(snapshot.exit()).as(snapshot.err()).isZero();
    assertThat(snapshot.out())
        .contains("left out: visitor (more distinct values than memory holds", "1 features of");
  }

  @Test
  void approximatelyEachFigureIsWithinItsBound() throws Exception {
    JsonNode approximate = run("", "--approximate");
    assertThat(approximate).hasSameSizeAs(exact);
    int bounded = 0;
    for (JsonNode feature : approximate) {
      JsonNode same = same(feature);
      assertThat(feature.get("severity").asText())
          .as("severity of %s", feature)
          .isIn("insufficient", same.get("severity").asText());
      for (var bound : feature.get("bounds").properties()) {
        if (feature.has(bound.getKey())) {
          bounded++;
          double off = feature.get(bound.getKey()).asDouble() - same.get(bound.getKey()).asDouble();
          assertThat(Math.abs(off))
              .as("%s of %s", bound.getKey(), feature)
              .isLessThanOrEqualTo(bound.getValue().asDouble() * (1 + 1e-9));
        }
      }
      assertThat(feature.get("reference").get("mean")).isEqualTo(same.get("reference").get("mean"));
      assertThat(feature.get("reference_nulls")).isEqualTo(same.get("reference_nulls"));
    }
    assertThat(bounded).isGreaterThan(50);
  }

  private static JsonNode same(JsonNode feature) {
    for (JsonNode other : exact) {
      if (other.get("feature").equals(feature.get("feature"))
          && other.get("segment").equals(feature.get("segment"))) {
        return other;
      }
    }
    throw new AssertionError("only approximately: " + feature);
  }
}
