package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.EventJson;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.Topic;
import io.plumbline.runtime.control.ControlTopic;
import io.plumbline.testing.KafkaExtension;
import io.plumbline.testing.TestCluster;
import io.plumbline.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a person sees of the checks, on a real broker. */
class FeaturesCommandIT {
  @RegisterExtension static final KafkaExtension KAFKA = new KafkaExtension();

  private static final String REGISTRY =
      """
      lineage: [{name: ledger, kind: source}]
      features:
        - {name: income, type: numeric, owner: ann, source: ledger}
        - {name: age, type: numeric, owner: bob}
      models: [{name: credit, features: [income, age]}]
      """;

  @TempDir Path folder;

  private final Instant start = Instant.now().truncatedTo(ChronoUnit.MINUTES).minusSeconds(600);
  private TestTopics topics;
  private Path config;

  @BeforeEach
  void topics() {
    topics = KAFKA.topics();
    config = topics.writeConfig("at_least_once", REGISTRY);
  }

  private Cli features(String... args) throws Exception {
    return plumbline(command(args));
  }

  private Cli plumbline(List<String> command) throws Exception {
    return Cli.plumbline(folder, command.toArray(String[]::new));
  }

  private List<String> command(String... args) {
    List<String> command = new ArrayList<>(List.of("features"));
    command.addAll(List.of(args));
    command.addAll(List.of("--config", config.toString()));
    return command;
  }

  /** Of a window of a minute, made when it was over. */
  private FeatureCheck check(String feature, String model, int minute, String... issues) {
    return new FeatureCheck(
        feature,
        null,
        model,
        model == null ? null : "v3",
        "",
        start.plusSeconds(60L * minute),
        start.plusSeconds(60L * minute + 60),
        model == null ? 7980.0 : null,
        0.25,
        null,
        null,
        1200 + minute,
        null,
        issues.length == 0,
        List.of(issues),
        false,
        start.plusSeconds(60L * minute + 61));
  }

  private void write(FeatureCheck... checks) {
    topics.produceKeyed(
        Topic.CHECKS,
        List.of(checks).stream()
            .map(check -> new String(EventJson.write(check), StandardCharsets.UTF_8))
            .toList(),
        json -> "key");
  }

  private static List<String> cells(Cli run, int line) {
    assertThat(run.exit()).as(run.err()).isZero();
    String shown = run.out().lines().toList().get(line).replaceFirst("\\d+m(\\d+s)? ago", "AGO");
    return List.of(shown.split(" {2,}", -1));
  }

  @Test
  void theLastStateOfEachFeatureIsShown() throws Exception {
    write(
        check("income", null, 2),
        check("income", "credit", 1, "null rate 0.25, threshold 0.1", "NaN 0.1 (1 of 10)"),
        check("income", "credit", 0),
        check("\u001b[31mred", "credit", 0, "feature not registered"));
    topics.produce(Topic.CHECKS, List.of("no check"));
    ControlTopic.write(
        topics.config(),
        List.of(
            new ControlMessage(
                "feature",
                "income",
                "{\"type\":\"numeric\",\"owner\":\"eve\",\"source\":\"ledger\"}",
                "kim",
                Instant.now())));

    Cli all = features();
    assertThat(all.out()).doesNotContain("\u001b");
    assertThat(all.err().lines()).containsExactly("warning: left out what is no check, records: 1");
    assertThat(cells(all, 0))
        .containsExactly(
            "feature",
            "health",
            "checked",
            "age",
            "null rate",
            "rows",
            "owner",
            "source",
            "models",
            "issues");
    assertThat(cells(all, 2))
        .containsExactly(
            "income",
            "UNHEALTHY",
            "AGO",
            "2h13m",
            "25.0 %",
            "1,201",
            "eve",
            "ledger",
            "credit",
            "credit v3: null rate 0.25, threshold 0.1, +1 more");
    assertThat(cells(all, 1))
        .containsExactly(
            "\uFFFD[31mred",
            "UNHEALTHY",
            "AGO",
            "-",
            "25.0 %",
            "1,200",
            "-",
            "-",
            "credit",
            "credit v3: feature not registered");
    assertThat(cells(all, 3))
        .containsExactly("age", "no data", "-", "-", "-", "-", "bob", "-", "credit");
    assertThat(all.out())
        .containsPattern(
            "\n2 unhealthy, 1 without data, 0 not checked, 0 healthy; last check \\d+m(\\d+s)? ago\n");

    assertThat(features("--feature", "income").out().lines().skip(1).limit(2))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("income   credit  v3       -        UNHEALTHY"),
            line -> assertThat(line).startsWith("income   -       -        -        healthy"));
    assertThat(features("--model", "credit", "--unhealthy", "--json").out().lines())
        .map(line -> new ObjectMapper().readTree(line))
        .extracting(row -> row.get("feature").asText())
        .containsExactly("\u001b[31mred", "income", "age");
    JsonNode row = new ObjectMapper().readTree(features("--feature", "income", "--json").out());
    assertThat(row.get("issues")).hasSize(2);
    assertThat(row.get("owner").asText()).isEqualTo("eve");

    Cli unknown = features("--feature", "incom");
    assertThat(unknown.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err().lines())
        .contains(
            "plumbline: feature incom: neither the registry nor a check names it; did you mean"
                + " income?");
  }

  @Test
  void aWatchPrintsWhatChangesAndEndsWellWhenInterrupted() throws Exception {
    write(check("income", null, 0), check("age", null, 0));
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    List<String> command = command("--watch", "--unhealthy");
    command.add(0, Cli.ROOT.resolve("plumbline").toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    try {
      write(check("age", null, 1, "NaN 1 (1 of 1)"));
      TestCluster.await("the first change", () -> lines(process, out, err) == 1);
      write(check("income", null, 1), check("age", null, 2));
      write(check("income", null, 2, "stale"));
      TestCluster.await("the second change", () -> lines(process, out, err) == 2);
      process.destroy();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(contentOf(err.toFile())).isZero();
    assertThat(contentOf(out.toFile()).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("age").endsWith("NaN 1 (1 of 1)"),
            line -> assertThat(line).startsWith("income").endsWith("stale"));
  }

  private static long lines(Process process, Path out, Path err) {
    assertThat(process.isAlive()).as(contentOf(err.toFile())).isTrue();
    return contentOf(out.toFile()).lines().count();
  }

  @Test
  void theReadmesCommandsWork() throws Exception {
    write(check("income", null, 0));
    for (String line : DocumentsIT.command("features").lines().toList()) {
      List<String> words = new ArrayList<>(List.of(line.split(" ", -1)));
      assertThat(words.remove(0)).isEqualTo("./plumbline");
      words.replaceAll(word -> word.equals("plumbline.yaml") ? config.toString() : word);
      assertThat(words).contains("--config");
      Cli run = plumbline(words);
      assertThat(run.exit()).as(line + ": " + run.err()).isZero();
    }
  }

  @Test
  void aTopicOrABrokerThatIsNotThereIsNamedInOneLine() throws Exception {
    Files.writeString(
        config, Files.readString(config).replace("checks: {name: ", "checks: {name: not-"));
    Cli noTopic = features();
    assertThat(noTopic.err().lines())
        .containsExactly(
            "plumbline: topic not-%s does not exist; 'plumbline topics create' makes it"
                .formatted(topics.config().name(Topic.CHECKS)));
    assertThat(noTopic.exit()).isEqualTo(ExitCode.FAILED);

    Files.writeString(
        config,
        "kafka: {properties: {bootstrap.servers: \"127.0.0.1:1\", default.api.timeout.ms: 2000}}\n");
    Cli noBroker = features("--watch");
    assertThat(noBroker.err()).startsWith("plumbline: topic plumbline.checks at 127.0.0.1:1: ");
    assertThat(noBroker.err()).hasLineCount(1);
    assertThat(noBroker.exit()).isEqualTo(ExitCode.FAILED);
  }
}
