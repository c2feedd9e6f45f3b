package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The job's jar on a cluster of separate processes. */
class FlinkRunIT {
  private static final Path JAR =
      Cli.ROOT.resolve("jobs/drift/target/plumbline-drift-0.1.0-SNAPSHOT-job.jar");

  @TempDir Path folder;

  @Test
  void runsOnAClusterAndStandsInItsDashboard() throws Exception {
    Path flights = Cli.ROOT.resolve("samples/flights");
    try (StandaloneCluster cluster = StandaloneCluster.start(folder)) {
      cluster.run(
          JAR,
          "--reference",
          flights.resolve("reference.parquet").toString(),
          "--current",
          flights.resolve("current_february.parquet").toString(),
          "--output",
          folder.resolve("tables").toString());
      JsonNode job = cluster.get("/jobs/overview").at("/jobs/0");
      assertThat(job.path("state").asText()).isEqualTo("FINISHED");
      assertThat(job.path("name").asText()).isEqualTo("plumbline drift");
      String id = job.path("jid").asText();

      Map<String, String> accumulators = new TreeMap<>();
      cluster
          .get("/jobs/" + id + "/accumulators")
          .path("user-task-accumulators")
          .forEach(a -> accumulators.put(a.path("name").asText(), a.path("value").asText()));
      assertThat(accumulators)
          .containsEntry("rows read", Integer.toString(508_239 + 114_543))
          .containsEntry("features compared", "8")
          .containsKeys("bytes read", "features with severity low", "features with severity high");
      assertThat(Long.parseLong(accumulators.get("bytes read"))).isGreaterThan(1_000_000);

      List<String> names = new ArrayList<>();
      cluster.get("/jobs/" + id).path("vertices").forEach(v -> names.add(v.path("name").asText()));
      assertThat(String.join("; ", names))
          .contains("features", "read and compare", "judge and write tables");
    }
    try (var files = Files.walk(folder.resolve("tables"))) {
      assertThat(files.filter(f -> f.toString().endsWith(".parquet"))).hasSize(2);
    }
  }

  @Test
  void theJarHasNothingThatTheClusterBrings() throws Exception {
    try (ZipFile jar = new ZipFile(JAR.toFile())) {
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("io/plumbline/drift/DriftJob.class")
          .noneMatch(name -> name.startsWith("org/apache/flink/"))
          .noneMatch(name -> name.startsWith("org/slf4j/"))
          .noneMatch(name -> name.startsWith("org/apache/logging/"));
    }
  }
}
