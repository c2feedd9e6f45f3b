package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.cli.models.ModelPoints;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of models, on a real broker. */
class ModelsCommandIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String MODELS =
      """
      models:
        - {name: credit, task: binary, versions: [{version: v3}, {version: v4, role: shadow}]}
      """;

  @TempDir Path folder;

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(6, ChronoUnit.HOURS);
  private final ModelPoints champion = points("v3", Map.of());
  private final ModelPoints shadow = points("v4", Map.of("role", "shadow"));
  private TestTopics topics;
  private Path config;

  private ModelPoints points(String version, Map<String, String> labels) {
    return new ModelPoints(start, "credit", version, labels, Duration.ofHours(1));
  }

  @BeforeEach
  void topics() {
    topics = KAFKA.topics();
    config = topics.writeConfig("at_least_once", MODELS);
  }

  private List<String> command(String... args) {
    List<String> command = new ArrayList<>(List.of("models"));
    command.addAll(List.of(args));
    command.addAll(List.of("--config", config.toString()));
    return command;
  }

  private Cli models(String... args) throws Exception {
    return Cli.plumbline(folder, command(args).toArray(String[]::new));
  }

  private void write(MetricPoint... points) {
    for (MetricPoint point : points) {
      topics.produceKeyed(
          Topic.METRICS,
          List.of(new String(EventJson.write(point), StandardCharsets.UTF_8)),
          json -> point.series());
    }
  }

  private static List<String> cells(Cli run, int line) {
    assertThat(run.exit()).as(run.err()).isZero();
    String shown = run.out().lines().toList().get(line).replaceFirst("\\d+h(\\d+m)? ago", "AGO");
    return List.of(shown.split(" {2,}", -1));
  }

  @Test
  void eachVersionIsShownWithItsMetricItsTrendAndItsSilence() throws Exception {
    write(
        champion.point("roc_auc", 0, 0.7),
        champion.point("roc_auc", 2, 0.8),
        champion.point("prediction_rows", 2, 100.0),
        champion.point("prediction_error_ratio", 2, 0.01),
        champion.point("model_silence_seconds", 2, 2.0),
        shadow.point("prediction_mean", 1, 0.25),
        shadow.point("model_silence_seconds", 2, 7200.0),
        new ModelPoints(start, "drifted", "v1", Map.of(), Duration.ofHours(1))
            .point("psi", 0, 0.1));
    topics.produceKeyed(Topic.METRICS, List.of("no point"), json -> "f1{job=\"online-metrics\"}");
    ControlTopic.write(
        topics.config(),
        List.of(new ControlMessage("model", "new", "{\"task\":\"binary\"}", "kim", Instant.now())));

    Cli all = models();
    assertThat(all.err().lines())
        .containsExactly("warning: left out what is no metric point, records: 1");
    assertThat(cells(all, 0))
        .containsExactly(
            "model",
            "version",
            "role",
            "state",
            "silence",
            "rows",
            "errors",
            "metric",
            "value",
            "coverage",
            "window",
            "age",
            "trend");
    assertThat(cells(all, 1))
        .containsExactly(
            "credit",
            "v4",
            "shadow",
            "SILENT",
            "2h",
            "-",
            "-",
            "prediction_mean",
            "0.25",
            "-",
            "1h",
            "AGO",
            "▄");
    assertThat(cells(all, 2)).startsWith("new", "-", "champion", "no data");
    assertThat(cells(all, 3))
        .containsExactly(
            "credit",
            "v3",
            "champion",
            "ok",
            "2s",
            "100",
            "1.0 %",
            "roc_auc",
            "0.8",
            "60.0 %",
            "1h",
            "AGO",
            "▁ █");
    assertThat(cells(all, 4)).startsWith("drifted");
    assertThat(all.out())
        .containsPattern(
            "\n1 silent, 1 without data, 0 not seen, 2 ok, 0 retired; last point \\d+h(\\d+m)? ago\n");

    assertThat(models("--model", "credit").out().lines().skip(1).limit(6))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("credit  v3").contains("model_silence_seconds"),
            line -> assertThat(line).contains("prediction_error_ratio"),
            line -> assertThat(line).contains("prediction_rows"),
            line -> assertThat(line).contains("roc_auc"),
            line -> assertThat(line).startsWith("credit  v4").contains("model_silence_seconds"),
            line -> assertThat(line).contains("prediction_mean"));
    JsonNode row =
        new ObjectMapper()
            .readTree(models("--json").out().lines().skip(2).findFirst().orElseThrow());
    assertThat(row.get("metric").asText()).isEqualTo("roc_auc");
    assertThat(row.get("trend")).hasSize(3);

    Cli unknown = models("--model", "credi");
    assertThat(unknown.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err().lines())
        .contains(
            "plumbline: model credi: neither the registry nor a metric names it; did you mean"
                + " credit?");
  }

  @Test
  void aWatchPrintsWhatChangesAndEndsWellWhenInterrupted() throws Exception {
    write(champion.point("roc_auc", 0, 0.7));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = command("--watch");
    command.add(0, Cli.ROOT.resolve("plumbline").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      TestCluster.await("all rows", () -> lines(process, out, err) == 2);
      write(champion.point("model_silence_seconds", 1, 3.0));
      write(champion.point("roc_auc", 1, 0.8));
      TestCluster.await("the change", () -> lines(process, out, err) == 3);
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(contentOf(err.toFile())).isZero();
    assertThat(contentOf(out.toFile()).lines())
        .last()
        .asString()
        .startsWith("credit")
        .contains("roc_auc")
        .endsWith("▁█");
  }

  private static long lines(Process process, Path out, Path err) {
    assertThat(process.isAlive()).as(contentOf(err.toFile())).isTrue();
    return contentOf(out.toFile()).lines().count();
  }

  @Test
  void theReadmesCommandsWork() throws Exception {
    write(champion.point("roc_auc", 0, 0.7));
    for (String line : DocumentsIT.command("models").lines().toList()) {
      List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
      assertThat(words.remove(0)).isEqualTo("./plumbline");
      words.replaceAll(word -> word.equals("plumbline.yaml") ? config.toString() : word);
      assertThat(words).contains("--config");
      Cli run = Cli.plumbline(folder, words.toArray(String[]::new));
      assertThat(run.exit()).as(line + ": " + run.err()).isZero();
    }
  }

  @Test
  void aTopicThatIsNotThereIsNamedInOneLine() throws Exception {
    Files.writeString(
        config, Files.readString(config).replace("metrics: {name: ", "metrics: {name: not-"));
    Cli noTopic = models();
    assertThat(noTopic.err().lines())
        .containsExactly(
            "plumbline: topic not-%s does not exist; 'plumbline topics create' makes it"
                .formatted(topics.config().name(Topic.METRICS)));
    assertThat(noTopic.exit()).isEqualTo(ExitCode.FAILED);
  }
}
