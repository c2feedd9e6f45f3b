package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.binding.ConfigDuration;
import io.plumbline.runtime.config.binding.ConfigWriter;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigWriterTest {
  private static void assertSame(String yaml) {
    PlumblineConfig config = ConfigLoader.parse("c", yaml);
    String written = ConfigWriter.yaml(config);
    PlumblineConfig read = ConfigLoader.parse("written", written);
    assertThat(read).as(written).isEqualTo(config);
    assertThat(ConfigWriter.yaml(read)).isEqualTo(written);
  }

  @Test
  void whatIsWrittenLoadsAsTheSame() throws IOException {
    assertSame(ConfigLoaderTest.contract());
    assertSame(ConfigLoaderTest.spelledOut());
    assertSame(ConfigLoaderTest.everyExample());
    assertSame("# nothing\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "features: [{name: a, type: numeric, drift: {}}]",
        "features: [{name: a, type: numeric, drift: {psi: {high: 0.3}, bins: 7}, consistency: {}}]",
        "features: [{name: \"1.0\", type: numeric, version: 1.0, description: \"a: #b\\n\\tc\"}]",
        "models: [{name: m, windows: [], positive: false, implicit_negative: \"no\", label_horizon: 1d}]",
        "features: [{name: a, type: numeric, source: [x, y]}, {name: b, type: numeric, source: x}]",
        "monitors: [{name: m, select: {metric: f1}, severity: P1, dynamic: {baseline: {from: 2026-11-01T00:00:00Z, to: 2026-11-08T00:00:00Z}, autocorrelation: off}}]",
        "monitors: [{name: m, enabled: false}, {name: n, select: {metric: f1}, outside: {P1: [-1, 1e20]}}]",
        "drift: {windows: [], against: [previous_day], fdr: 1e-9, noise_alpha: 1}",
        "ingest: {max_record: 1025B, out_of_orderness: 0s, idle_after: 1500ms}",
        "time_intervals: [{name: all}, {name: noon, from: 12:00, to: 13:00, zone: \"+02:00\"}]",
        "monitors: [{name: m, select: {segment: \"\", metric: \"p*\"}, below: {P0: -1e300, P1: 12345678901234567890}, for: 90m}]",
        "playbooks: [{kind: k, steps: [\"yes\", \"null\", \"~\", \"True\", \"0x10\", \"\"]}]",
        "lineage: [{name: \"\\u00fcber \\u{1F600}\", kind: dataset}]",
      })
  void oddValuesComeBack(String yaml) {
    assertSame(yaml.replace("\\u{1F600}", "\uD83D\uDE00"));
  }

  @Test
  void defaultsAreSpelledOut() {
    assertThat(ConfigWriter.yaml(PlumblineConfig.defaults()))
        .contains("commit_interval: 1m", "metric_points: 400d", "psi: {medium: 0.1, high: 0.25}")
        .contains(
            "max_record: 1MiB", "windows: [15m, 1h]", "no_response: {after: 30m, severity: P1}");
  }

  @Test
  void ofSecretsOnlyThePlaceholderIsWritten() {
    PlumblineConfig config =
        ConfigLoader.parse(
            "c",
            """
            kafka:
              properties:
                bootstrap.servers: b:9092
                sasl.jaas.config: login user="me" password="${env:PASSWORD}"
                ssl.key.password: ${file:/run/secrets/key}
            receivers:
              - {name: r, webhook: {url: "https://a", secret: "${env:HOOK}"}}
            """);
    assertThat(ConfigWriter.yaml(config))
        .contains("sasl.jaas.config: '***'")
        .contains("ssl.key.password: '${file:/run/secrets/key}'")
        .contains("secret: '${env:HOOK}'")
        .doesNotContain("login");
  }

  @Test
  void durationsHaveTheLargestUnitThatIsWhole() {
    assertThat(ConfigDuration.format(Duration.ofHours(24))).isEqualTo("1d");
    assertThat(ConfigDuration.format(Duration.ofSeconds(90))).isEqualTo("90s");
    assertThat(ConfigDuration.format(Duration.ofMillis(1500))).isEqualTo("1500ms");
    assertThat(ConfigDuration.format(Duration.ZERO)).isEqualTo("0s");
  }
}
