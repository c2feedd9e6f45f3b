package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

  private static String contract() throws IOException {
    try (var in = ConfigLoaderTest.class.getResourceAsStream("plumbline.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theContractsExampleLoads() throws IOException {
    PlumblineConfig config = ConfigLoader.parse("plumbline.yaml", contract());
    FeatureConfig purchases = config.feature("user_purchase_history_30d").orElseThrow();
    assertThat(purchases.type()).isEqualTo(FeatureConfig.Type.NUMERIC);
    assertThat(purchases.role()).isEqualTo(FeatureConfig.Role.FEATURE);
    assertThat(purchases.freshnessSla()).isEqualTo(Duration.ofHours(1));
    assertThat(purchases.range()).isEqualTo(new FeatureConfig.Range(0.0, 500.0));
    assertThat(purchases.version()).isEqualTo("1.0");
    assertThat(purchases.importance()).isNull();
    assertThat(config.feature("country").orElseThrow().categories())
        .containsExactly("DE", "FR", "NL");
    ModelConfig credit = config.model("credit").orElseThrow();
    assertThat(credit.segments()).containsExactly(new ModelConfig.Segment("country", 50));
    assertThat(credit.versions())
        .containsExactly(
            new ModelConfig.Version(
                "v3", ModelConfig.Role.CHAMPION, "file:///references/credit/v3", true),
            new ModelConfig.Version(
                "v4", ModelConfig.Role.SHADOW, "file:///references/credit/v4", false));
    assertThat(config.drift()).isEqualTo(PlumblineConfig.defaults().drift());
  }

  @Test
  void whatTheContractCommentsOutIsTheDefault() throws IOException {
    // Every commented key of the sections that are read, but for the examples of what is off.
    StringBuilder spelledOut = new StringBuilder();
    String section = "";
    for (String line : contract().split("\n", -1)) {
      if (line.matches("[a-z_]+:.*")) {
        section = line.replaceFirst(":.*", "");
      }
      if (!List.of("tables", "limits", "drift").contains(section) || line.contains("(e.g.)")) {
        continue;
      }
      spelledOut.append(line.replaceFirst("^  # ", "  ")).append('\n');
    }
    assertThat(spelledOut).contains("\n  noise_alpha: 0.001").contains("\n  series: 100000");
    PlumblineConfig config = ConfigLoader.parse("spelled-out", spelledOut.toString());
    PlumblineConfig defaults = PlumblineConfig.defaults();
    assertThat(config.tables()).isEqualTo(defaults.tables());
    assertThat(config.limits()).isEqualTo(defaults.limits());
    assertThat(config.drift().effectiveThresholds())
        .isEqualTo(defaults.drift().effectiveThresholds())
        .isEqualTo(Thresholds.DEFAULTS);
    assertThat(config.drift().with(null, null, null, null, null))
        .usingRecursiveComparison()
        .ignoringFields("thresholds")
        .isEqualTo(defaults.drift());
  }

  @Test
  void aFeaturesBoundsGoOverTheSuites() {
    PlumblineConfig config =
        ConfigLoader.parse(
            "c.yaml",
            """
            features:
              - {name: a, type: numeric, drift: {bins: 20, psi: {high: 0.4}, wasserstein: {high: 2.5}}}
            drift:
              thresholds: {psi: {medium: 0.2}, ks_p_value: {low: 0.001}}
            """);
    FeatureConfig.FeatureDrift drift = config.feature("a").orElseThrow().drift();
    assertThat(drift.bins()).isEqualTo(20);
    Thresholds merged = drift.thresholds().over(config.drift().effectiveThresholds());
    assertThat(merged.psi()).isEqualTo(new Thresholds.Bounds(null, 0.2, 0.4));
    assertThat(merged.wasserstein()).isEqualTo(new Thresholds.Bounds(null, null, 2.5));
    assertThat(merged.ksPValue().low()).isEqualTo(0.001);
    assertThat(merged.chi2PValue().low()).isEqualTo(0.05);
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() {
    assertThatThrownBy(
            () ->
                ConfigLoader.parse(
                    "c.yaml",
                    """
                    features:
                      - name: a
                        type: numeral
                        freshness_sla: 1 hour
                    drift:
                      noise_alhpa: 0.01
                      min_rows: many
                      bins: 1
                      bins: 2
                    dirft: {}
                    models: 7
                    """))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "c.yaml:3: features[0].type: expected one of numeric, categorical, embedding, found \"numeral\"")
        .hasMessageContaining(
            "c.yaml:4: features[0].freshness_sla: expected a duration like 500ms, 10s, 5m, 2h or 30d, found \"1 hour\"")
        .hasMessageContaining("c.yaml:6: drift.noise_alhpa: unknown key; did you mean noise_alpha?")
        .hasMessageContaining("c.yaml:7: drift.min_rows: expected a whole number, found \"many\"")
        .hasMessageContaining("c.yaml:9: drift.bins: the key stands twice")
        .hasMessageContaining("c.yaml:10: dirft: unknown key; did you mean drift?")
        .hasMessageContaining("c.yaml:11: models: expected a list, found \"7\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "drift: {noise_alpha: 0}|c:1: drift.noise_alpha: expected a number above 0 and at most 1, found \"0\"",
        "drift: {bins: 101}|c:1: drift.bins: expected a number at least 2 and at most 100, found \"101\"",
        "drift: {thresholds: {psi: {medium: 0.5}}}|drift.thresholds.psi: expected low <= medium <= high",
        "features: [{type: numeric}]|c:1: features[0].name: expected this key, which is missing",
        "features: [{name: a, type: numeric}, {name: a, type: numeric}]|features: a stands twice",
        "drift: {multivariate: [{name: m, features: [a]}]}|expected two features at least, found 1",
        "drift: {thresholds: {ks_p_value: {high: 0.1}}}|drift.thresholds.ks_p_value.high: unknown key",
        "features: [{name: , type: numeric}]|c:1: features[0].name: expected a value, found none",
        "features: [{name: \"\", type: numeric}]|c:1: features[0].name: expected a value, found none",
        "drift: {noise_alpha: 1d}|c:1: drift.noise_alpha: expected a number, found \"1d\"",
        "drift: [|c:1: not YAML",
      })
  void aProblemSaysWhereAndWhatWasExpected(String yaml, String message) {
    assertThatThrownBy(() -> ConfigLoader.parse("c", yaml))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatStandsInTheFileCannotForgeALine() {
    assertThatThrownBy(() -> ConfigLoader.parse("c", "drift: {rule: \"x\\nc:9: all is well\"}"))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    assertThatThrownBy(() -> ConfigLoader.parse("c", "drift: {rule: \u0007}"))
        .isInstanceOf(BadInput.class)
        .hasMessageStartingWith("c: not YAML: ");
  }

  @Test
  void aModelsUnknownFeatureIsNamedWithTheNearest() {
    assertThatThrownBy(
            () ->
                ConfigLoader.parse(
                    "c",
                    """
                    features: [{name: country, type: categorical}]
                    models: [{name: m, features: [contry]}]
                    """))
        .hasMessage(
            "c: models.m.features: contry is not among the features; did you mean country?");
  }

  @Test
  void aMissingFileIsBadInput() {
    assertThatThrownBy(() -> ConfigLoader.load(Path.of("target/none.yaml")))
        .isInstanceOf(BadInput.class)
        .hasMessage("--config: target/none.yaml: no such file");
  }
}
