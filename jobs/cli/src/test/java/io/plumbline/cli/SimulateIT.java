package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The simulation on a real broker, as a process. */
class SimulateIT {
  @RegisterExtension final KafkaExtension kafka = new KafkaExtension();

  @TempDir Path folder;

  @Test
  void whatIsSentArrives() throws Exception {
    Path config = kafka.topics().writeConfig("at_least_once");
    Path world = folder.resolve("world.yaml");
    Cli run =
        Cli.plumbline(
            folder,
            "simulate",
            "--config",
            config.toString(),
            "--write-config",
            world.toString(),
            "--start",
            Instant.now().minus(Duration.ofHours(1)).toString(),
            "--count",
            "3000",
            "--label-delay",
            "1s");
    assertThat(run.exit()).as(run.err()).isZero();
    List<JsonNode> predictions = kafka.topics().read(Topic.PREDICTIONS);
    // Of champion and shadow.
    assertThat(predictions).hasSize(6000);
    assertThat(predictions.stream().map(p -> p.get("prediction_id").asText()).distinct())
        .hasSize(3000);
    assertThat(
            kafka.topics().read(Topic.LABELS).stream()
                .map(label -> label.get("prediction_id").asText())
                .distinct())
        .hasSizeBetween(2600, 2950);
    assertThat(
            kafka.topics().read(Topic.FEATURES).stream()
                .map(f -> f.get("feature").asText())
                .distinct())
        .hasSize(20);
    // The file names the broker and its topics, so that jobs need no other.
    assertThat(ConfigLoader.load(world).kafka().name(Topic.LABELS))
        .isEqualTo(kafka.topics().config().name(Topic.LABELS));
  }

  @Test
  void anInterruptionEndsItWellAndNothingIsLost() throws Exception {
    Path config = kafka.topics().writeConfig("at_least_once");
    Path err = folder.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Cli.ROOT.resolve("plumbline").toString(), "simulate", "--config", config.toString())
            .redirectError(err.toFile())
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    try {
      TestCluster.await(
          "20 predictions",
          () -> {
            assertThat(process.isAlive()).as(contentOf(err.toFile())).isTrue();
            return kafka.topics().read(Topic.PREDICTIONS).size() >= 20;
          });
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String told = Files.readString(err);
    assertThat(process.exitValue()).as(told).isZero();
    int sent =
        Integer.parseInt(
            told.replaceAll("(?s).*sent ([0-9,]+) predictions.*", "$1").replace(",", ""));
    assertThat(kafka.topics().read(Topic.PREDICTIONS)).hasSize(2 * sent);
  }

  @Test
  void aBrokerThatIsNotThereIsNamed() throws Exception {
    Path nowhere =
        Files.writeString(
            folder.resolve("nowhere.yaml"),
            "kafka: {properties: {bootstrap.servers: \"127.0.0.1:1\", max.block.ms: 2000}}\n");
    Cli run = Cli.plumbline(folder, "simulate", "--config", nowhere.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).contains("plumbline: topic plumbline.predictions: ");
  }
}
