package io.plumbline.featurehealth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cluster.ClusterSettings;
import io.plumbline.events.Topic;
import io.plumbline.testing.Feed;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes the gauges, and knows them by their own names. */
@Tag("long")
class PrometheusIT {
  private static final String JOB = "feature-health";

  private static final String CONFIG =
      """
      ingest: {out_of_orderness: 100ms, idle_after: 1s, allowed_lateness: 2s}
      feature_health: {window: 1s, min_rows: 5}
      features:
        - {name: income, type: numeric}
        - {name: age, type: numeric, null_threshold: 0.1}
      models:
        - {name: credit, features: [income, age]}
      """;

  @TempDir Path folder;

  private final ObjectMapper json = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  private static Optional<Path> prometheus() {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(directory -> Path.of(directory, "prometheus"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** A scrape of all ports that the cluster's processes may have, with the rules that we ship. */
  private Path configure(ClusterSettings settings) throws IOException {
    List<String> targets =
        IntStream.rangeClosed(0, settings.taskManagers() + 10)
            .mapToObj(i -> "127.0.0.1:" + (settings.metricsPort() + i))
            .toList();
    String rules =
        Files.readString(
            KafkaExtension.installation().home().resolve("cluster/conf/prometheus-relabel.yml"));
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: flink
            static_configs: [{targets: %s}]
        %s"""
            .formatted(targets, rules.indent(4)));
  }

  private JsonNode query(int port, String query) {
    String encoded = URLEncoder.encode(query, StandardCharsets.UTF_8);
    URI uri = URI.create("http://127.0.0.1:%d/api/v1/query?query=%s".formatted(port, encoded));
    try {
      return json.readTree(
              http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body())
          .path("data")
          .path("result");
    } catch (IOException e) {
      return json.createArrayNode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Test
  void gaugesHaveTheirNamesAndLabels() throws Exception {
    Optional<Path> binary = prometheus();
    assumeTrue(binary.isPresent(), "no Prometheus on the path");
    // Any free port that is not the cluster's.
    int port = ClusterSettings.onFreePorts(1, 1, null, Map.of()).restPort();
    try (TestCluster cluster = TestCluster.start("prometheus-cluster", null);
        TestTopics topics = new TestTopics(cluster.cluster().kafka().client(), "prometheus")) {
      Process server =
          new ProcessBuilder(
                  binary.get().toString(),
                  "--config.file=" + configure(cluster.cluster().settings()),
                  "--storage.tsdb.path=" + folder.resolve("data"),
                  "--web.listen-address=127.0.0.1:" + port)
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("prometheus.log").toFile())
              .start();
      try (Feed feed = new Feed(() -> feed(topics), 100)) {
        cluster
            .jobs()
            .submit(
                JOB,
                KafkaExtension.installation().jobJar(JOB),
                Optional.empty(),
                List.of(
                    "--parallelism",
                    "2",
                    "--config",
                    topics.writeConfig("at_least_once", CONFIG).toString()));
        String missing =
            "feature_missing_ratio{model=\"credit\",model_version=\"v3\",feature=\"age\"}";
        TestCluster.await("a missing feature", () -> !query(port, missing + " == 1").isEmpty());
        assertThat(query(port, "feature_healthy{feature=\"age\"} == 0")).isNotEmpty();
        assertThat(query(port, "feature_missing_ratio{feature=\"income\",model=\"credit\"}"))
            .allMatch(series -> series.path("value").path(1).asText().equals("0"))
            .isNotEmpty();
        assertThat(query(port, "{__name__=~\"flink.*_plumbline_.*\"}")).isEmpty();
      } finally {
        server.destroy();
        server.waitFor();
      }
    }
  }

  private static void feed(TestTopics topics) {
    long now = System.currentTimeMillis();
    List<String> predictions =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    """
                    {"prediction_id":"p","model":"credit","model_version":"v3","ts":%d,"features":{"income":%d}}"""
                        .formatted(now, i))
            .toList();
    topics.produceKeyed(Topic.PREDICTIONS, predictions, p -> "k" + p.hashCode());
  }
}
