package io.plumbline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.ConfigSchema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  private static final String GOOD =
      """
      kafka:
        properties:
          bootstrap.servers: broker:9092
          sasl.jaas.config: login user="me" password="${env:PASSWORD}"
      features:
        - {name: income, type: numeric, freshness_sla: 24h}
        - {name: country, type: categorical}
      models: [{name: credit, features: [income, country]}]
      receivers:
        - {name: hook, webhook: {url: "https://example.com", secret: "${env:HOOK}"}}
      """;

  @TempDir Path folder;

  private record Run(int exit, String out, String err) {}

  private static Run run(String... args) {
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try {
      System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
      int exit = Plumbline.run(args);
      return new Run(
          exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("plumbline.yaml"), text);
  }

  @Test
  void checkSaysWhatTheFileDescribes() throws IOException {
    Path file = file(GOOD);
    Run run = run("config", "check", file.toString());
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(file + ": right: 2 features, 1 model, 1 receiver" + System.lineSeparator());
    assertThat(run.exit()).isEqualTo(ExitCode.RAN);
  }

  @Test
  void checkListsEveryMistake() throws IOException {
    Path file =
        file(
            """
            features:
              - {name: income, type: numeral}
              - {name: income, type: numeric, range: {min: 1, max: 0}}
            kafka: {properties: {bootstrap.servers: b, sasl.jaas.config: password=hunter2}}
            """);
    Run run = run("config", "check", file.toString());
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines())
        .containsExactly(
            "plumbline: "
                + file
                + ":2: features[0].type: expected one of numeric, categorical, embedding, found \"numeral\"",
            file + ":3: features[1].name: income stands twice, first in line 2",
            file + ":3: features[1].range: expected min <= max, found min 1, max 0",
            file
                + ":4: kafka.properties.sasl.jaas.config: expected ${env:NAME} or ${file:PATH}, found a secret in clear");
  }

  @Test
  void showPrintsDefaultsAndNoSecret() throws IOException {
    Run run = run("config", "show", file(GOOD).toString());
    assertThat(run.exit()).isEqualTo(ExitCode.RAN);
    assertThat(run.out())
        .contains("freshness_sla: 1d", "commit_interval: 1m", "${env:HOOK}", "'***'")
        .doesNotContain("login");
    // A placeholder among other text is not shown: all else comes back.
    String whole = GOOD.replaceFirst("login .*", "\\${env:JAAS}");
    String shown = run("config", "show", file(whole).toString()).out();
    assertThat(ConfigLoader.parse("shown", shown)).isEqualTo(ConfigLoader.parse("file", whole));
  }

  @Test
  void schemaPrintsTheSchema() {
    Run run = run("config", "schema");
    assertThat(run.exit()).isEqualTo(ExitCode.RAN);
    assertThat(run.out()).isEqualTo(ConfigSchema.json());
  }

  @Test
  void aFileThatCannotBeUsedIsOneLine() throws IOException {
    Path binary = Files.write(folder.resolve("binary"), new byte[] {1, 2, (byte) 0xFF, 0});
    for (String command : new String[] {"check", "show"}) {
      assertOneLine(run("config", command, binary.toString()), "binary: expected text in UTF-8");
      assertOneLine(
          run("config", command, folder.resolve("none").toString()), "none: no such file");
      assertOneLine(run("config", command, folder.toString()), "cannot be read");
      assertOneLine(run("config", command, file("").toString()), "found an empty file");
      assertOneLine(
          run("config", command, file("route: " + "[".repeat(10_000)).toString()),
          ":1: expected at most 100 levels of nesting");
      assertOneLine(
          run("config", command, file("a: &a [1, 2]\nb: [*a, *a]").toString()),
          ":2: *a: expected the list or mapping written out");
    }
  }

  private static void assertOneLine(Run run, String message) {
    assertThat(run.exit()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("plumbline: ").contains(message).hasLineCount(1);
  }
}
