package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.binding.SecretText;
import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  static String contract() throws IOException {
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

  /** The contract with every commented key in place, but for the examples of what is off. */
  static String spelledOut() throws IOException {
    return contract()
        .lines()
        .filter(line -> !line.contains("(e.g.)"))
        .map(line -> line.replaceFirst("^( +)# ([a-z_]+: )", "$1$2"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void whatTheContractCommentsOutIsTheDefault() throws IOException {
    String spelledOut = spelledOut();
    assertThat(spelledOut)
        .contains("\n  noise_alpha: 0.001", "\n    health_windows: [1m, 1h]")
        .contains("\n  repeat_interval: 4h", "\n  delivery: at_least_once");
    // Absent, these are none at all: then drifted features are not weighted, true and 1 are both
    // positive, and nobody stands by for what is not answered.
    for (String other :
        List.of("    importance: 1.0\n", "    positive: true ", ", escalate_to: on-call")) {
      assertThat(spelledOut).contains(other);
      spelledOut = spelledOut.replace(other, other.startsWith(",") ? "" : "#" + other);
    }
    assertThat(ConfigLoader.parse("spelled-out", spelledOut))
        .isEqualTo(ConfigLoader.parse("contract", contract()));
  }

  /** The contract with every commented key and example in place. */
  static String everyExample() throws IOException {
    return contract()
        .lines()
        .map(line -> line.replaceFirst("^( *)# ([a-z_.]+: .*?) +\\(e\\.g\\.\\).*", "$1$2"))
        .map(line -> line.replaceFirst("^( +)# ([a-z_]+: )", "$1$2"))
        .collect(Collectors.joining("\n"));
  }

  @Test
  void everyExampleOfTheContractLoads() throws IOException {
    assertThat(everyExample())
        .contains("\nwatchdog: ", "\n    outside: ")
        .doesNotContain("  (e.g.)");
    PlumblineConfig config = ConfigLoader.parse("plumbline.yaml", everyExample());
    assertThat(config.kafka().properties()).containsEntry("security.protocol", "SASL_SSL");
    ModelConfig credit = config.model("credit").orElseThrow();
    assertThat(credit.negative()).isEqualTo("false");
    assertThat(credit.value()).isEqualTo(new ModelConfig.Value(120, -5, 0, -40));
    assertThat(config.drift().fdr()).isEqualTo(0.05);
    assertThat(config.drift().volume()).isEqualTo(new DriftConfig.Volume(0.5, 2));
    assertThat(config.drift().multivariate()).hasSize(1);
    assertThat(config.monitors().get(0).outside()).containsEntry("P2", List.of(0.0, 500.0));
    assertThat(config.patterns().noResponse().escalateTo()).isEqualTo("on-call");
    assertThat(config.incidents())
        .isEqualTo(new IncidentsConfig(Duration.ofSeconds(15), Duration.ofHours(1)));
    assertThat(config.watchdog())
        .isEqualTo(new WatchdogConfig("https://hc.example.com/ping", Duration.ofMinutes(1)));
  }

  @Test
  void oneSourceMayStandWithoutBrackets() {
    PlumblineConfig config =
        ConfigLoader.parse(
            "c",
            """
            features:
              - {name: a, type: numeric, source: x}
              - {name: b, type: numeric, source: [x, y]}
              - {name: c, type: numeric}
            """);
    assertThat(config.feature("a").orElseThrow().source()).containsExactly("x");
    assertThat(config.feature("b").orElseThrow().source()).containsExactly("x", "y");
    assertThat(config.feature("c").orElseThrow().source()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|100||",
        "{baseline: 50}|50||",
        "{baseline: {from: 2026-11-01T00:00:00Z, to: 2026-11-08T00:00:00Z}}||2026-11-01T00:00:00Z|2026-11-08T00:00:00Z",
      })
  void aBaselineIsANumberOfPointsOrAPeriod(
      String dynamic, Integer points, Instant from, Instant to) {
    MonitorConfig monitor =
        ConfigLoader.parse(
                "c",
                "monitors: [{name: m, select: {metric: f1}, severity: P1, dynamic: %s}]"
                    .formatted(dynamic))
            .monitors()
            .get(0);
    assertThat(monitor.dynamic().baseline())
        .isEqualTo(new MonitorConfig.Baseline(points, from, to));
  }

  @Test
  void aMonitorThatIsOffNeedsItsNameAlone() {
    PlumblineConfig config = ConfigLoader.parse("c", "monitors: [{name: m, enabled: false}]");
    assertThat(config.monitors().get(0).enabled()).isFalse();
    assertOnlyProblem(
        "monitors: [{name: m, absent: 1m, severity: P0}]",
        "monitors[0].select: expected this key, which is missing");
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
    Thresholds merged = drift.thresholds().over(config.drift().thresholds());
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
      quoteCharacter = '`',
      value = {
        "drift: {noise_alpha: 0}|drift.noise_alpha: expected a number above 0 and at most 1, found \"0\"",
        "drift: {bins: 101}|drift.bins: expected a number at least 2 and at most 100, found \"101\"",
        "drift: {bins: \"20\"}|drift.bins: expected a whole number without quotes, found \"20\"",
        "features: [{type: numeric}]|features[0].name: expected this key, which is missing",
        "drift: {thresholds: {ks_p_value: {high: 0.1}}}|drift.thresholds.ks_p_value.high: unknown key",
        "features: [{name: , type: numeric}]|features[0].name: expected a value, found none",
        "features: [{name: \"\", type: numeric}]|features[0].name: expected a value, found none",
        "features: [~]|features[0]: expected a value, found none",
        "models: [{name: m, features: [a, ~]}]|models[0].features[1]: expected a value, found none",
        "drift: {noise_alpha: 1d}|drift.noise_alpha: expected a number, found \"1d\"",
        "features: [7]|features[0]: expected a mapping of keys, found \"7\"",
        "ingest: {max_features: 0}|ingest.max_features: expected a number at least 1, found \"0\"",
        "ingest: {max_record: 0KiB}|ingest.max_record: expected more than nothing, found \"0KiB\"",
        "feature_health: {window: 0s}|feature_health.window: expected more than nothing, found \"0s\"",
        "tables: {retention: {metric_points: 0d}}|tables.retention: expected more than nothing",
        "tables: {retention: {metric_point: 1d}}|tables.retention.metric_point: unknown key; did you mean metric_points?",
        "inhibit: [{source: {kind: a}, target: {kind: b}, equals: [x]}]|inhibit[0].equals: unknown key; did you mean equal?",
        "time_intervals: [{name: n, zone: Mars/Base}]|time_intervals[0].zone: expected a zone like Europe/Berlin, found \"Mars/Base\"",
        "time_intervals: [{name: n, to: 25:00}]|time_intervals[0].to: expected a time like 09:00, found \"25:00\"",
        "monitors: [{name: m, select: {}, absent: 1m, severity: P0}]|monitors[0].select: expected a value, found none",
        "drift: [|not YAML",
      })
  void aKeySaysWhereAndWhatWasExpected(String yaml, String message) {
    assertOnlyProblem(yaml, message);
  }

  /** One row for each rule between keys; the line is where the second half of the row begins. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Names
        "features: [{name: a, type: numeric},|{name: a, type: numeric}]|features[1].name: a stands twice, first in line 1",
        "models: [{name: a},|{name: a}]|models[1].name: a stands twice",
        "models: [{name: a, versions: [{version: 1},|{version: 1, role: shadow}]}]|models[0].versions[1].version: 1 stands twice",
        "models: [{name: a, segments: [{column: c},|{column: c}]}]|models[0].segments[1].column: c stands twice",
        "models: [{name: a, segments: [|{column: c=d}]}]|models[0].segments[0].column: expected a name without '=', found c=d",
        "models: [{name: a, windows: [1h,|60m]}]|models[0].windows[1]: 1h stands twice",
        "models: [{name: a, features: [f,|f]}]|models[0].features[1]: f stands twice",
        "lineage: [{name: a, kind: job},|{name: a, kind: job}]|lineage[1].name: a stands twice",
        "monitors: [{name: a, select: {metric: x}, above: {P1: 1}},|{name: a, select: {metric: x}, above: {P1: 1}}]|monitors[1].name: a stands twice",
        "receivers: [{name: a, slack: {url: \"${env:A}\"}},|{name: a, slack: {url: \"${env:A}\"}}]|receivers[1].name: a stands twice",
        "time_intervals: [{name: a},|{name: a}]|time_intervals[1].name: a stands twice",
        "drift: {multivariate: [{name: m, features: [a, b]},|{name: m, features: [a, b]}]}|drift.multivariate[1].name: m stands twice",
        "playbooks: [{kind: a},|{kind: a}]|playbooks[1].kind: a stands twice",
        // Lineage
        "lineage:|[{name: a, kind: job, reads: [b]}]|lineage[0].reads[0]: b is not among the nodes of the lineage and the features",
        "lineage: [{name: a, kind: job, reads: [b]},|{name: b, kind: job, reads: [c]}, {name: c, kind: job, reads: [b]}]|lineage[1].reads: expected no cycle, found b -> c -> b (each reads the next)",
        "lineage: [{name: a, kind: job, |reads: [a]}]|lineage[0].reads: expected no cycle, found a -> a (each reads the next)",
        "lineage: [{name: a, kind: job, |reads: [f]}]\\nfeatures: [{name: f, type: numeric, source: a}]|lineage[0].reads: expected no cycle, found a -> f -> a (each reads the next)",
        "features: [{name: a, type: numeric}]\\nlineage:|[{name: a, kind: job}]|lineage[0].name: a is a feature as well",
        "models: [{name: a}]\\nlineage:|[{name: a, kind: job}]|lineage[0].name: a is a model as well",
        "lineage: [{name: purchases, kind: job}]\\nfeatures: [{name: a, type: numeric,|source: purchase}]|features[0].source: purchase is not among the nodes of the lineage; did you mean purchases?",
        "lineage: [{name: purchases, kind: job}]\\nfeatures: [{name: a, type: numeric, source: [purchases,|purchase]}]|features[0].source[1]: purchase is not among the nodes of the lineage; did you mean purchases?",
        "features: [{name: a, type: numeric, source: [x,|x]}]|features[0].source[1]: x stands twice",
        // Features
        "features: [{name: a, type: numeric,|range: {min: 2, max: 1.5}}]|features[0].range: expected min <= max, found min 2, max 1.5",
        "features: [{name: a, type: categorical,|range: {min: 1}}]|features[0].range: expected only where type is numeric",
        "features: [{name: a, type: numeric,|categories: [x]}]|features[0].categories: expected only where type is categorical",
        "features: [{name: a, type: categorical, categories: [x,|x]}]|features[0].categories[1]: x stands twice",
        "features: [{name: a, type: numeric, drift:|{psi: {medium: 0.5}}}]|features[0].drift.psi: expected low <= medium <= high",
        // Models
        "features: [{name: country, type: categorical}]\\nmodels: [{name: m, features:|[contry]}]|models[0].features[0]: contry is not among the features; did you mean country?",
        "models: [{name: m, versions: [{version: v3},|{version: v4}]}]|models[0].versions[1]: expected one champion, found v4 beside v3 (others have role: shadow, or retired)",
        "models: [{name: m, task: multiclass,|negative: a}]|models[0].negative: expected only where task is binary",
        "models: [{name: m, task: regression,|value: {true_positive: 1}}]|models[0].value: expected only where task is binary",
        "models: [{name: m,|negative: true}]|models[0].negative: expected another label than positive, found \"true\"",
        "models: [{name: m, positive: yes,|negative: yes}]|models[0].negative: expected another label than positive, found \"yes\"",
        "models: [{name: m, task: regression, label_horizon: 1d,|implicit_negative: 0}]|models[0].implicit_negative: expected only where task is not regression",
        // Drift
        "drift: {|thresholds: {psi: {medium: 0.5}}}|drift.thresholds.psi: expected low <= medium <= high",
        "drift: {multivariate: [{name: m,|features: [a]}]}|drift.multivariate[0].features: expected two features at least, found 1",
        "features: [{name: a, type: numeric}, {name: b, type: categorical}]\\ndrift: {multivariate: [{name: m, features: [a,|b]}]}|drift.multivariate[0].features[1]: expected a numeric feature, found b",
        "drift: {windows: [15m,|7m]}|drift.windows[1]: expected windows that are multiples of pane, found window 7m, pane 5m",
        "drift: {|pane: 30m}|drift.pane: expected windows that are multiples of pane, found window 15m, pane 30m",
        // Kafka
        "kafka: {|properties: {security.protocol: SSL}}|kafka.properties: expected bootstrap.servers, which is missing",
        "kafka: {properties: {bootstrap.servers: b,|ssl.key.password: hunter2}}|kafka.properties.ssl.key.password: expected ${env:NAME} or ${file:PATH}, found a secret in clear",
        "kafka: {properties: {bootstrap.servers: b,|sasl.jaas.config: login password=x}}|kafka.properties.sasl.jaas.config: expected ${env:NAME} or ${file:PATH}, found a secret in clear",
        "kafka: {properties: {bootstrap.servers: b,|sasl.jaas.config: 'login username=${env:U} password=\"hunter2\";'}}|kafka.properties.sasl.jaas.config: expected ${env:NAME} or ${file:PATH}, found a secret in clear",
        "kafka: {properties: {bootstrap.servers: b,|sasl.jaas.config: 'login clientId=${env:U} clientSecret = x${env:U};'}}|kafka.properties.sasl.jaas.config: expected ${env:NAME} or ${file:PATH}, found a secret in clear",
        "kafka: {properties: {bootstrap.servers: b,|config.providers: 'vault, file'}}|kafka.properties.config.providers: expected other names than env and file, which stand for ${env:NAME} and ${file:PATH}, found \"file\"",
        "kafka: {topics: {predictions:|{fields: {scor: /a}}}}|kafka.topics.predictions.fields.scor: scor is not among the fields of predictions; did you mean score?",
        "kafka: {topics: {labels:|{fields: {label: a}}}}|kafka.topics.labels.fields.label: expected a JSON pointer like /meta/id, found \"a\"",
        "kafka: {topics: {labels:|{fields: {label: /a~2}}}}|kafka.topics.labels.fields.label: expected a JSON pointer",
        "kafka: {topics: {predictions:|{fields: {score: ''}}}}|kafka.topics.predictions.fields.score: expected a JSON pointer",
        "kafka: {topics: {alerts:|{fields: {state: /a}}}}|kafka.topics.alerts.fields.state: expected only below predictions, labels, features",
        "kafka: {topics: {alerts:|{name: plumbline.labels}}}|kafka.topics.alerts.name: plumbline.labels is the name of labels and of alerts",
        "kafka: {topics: {predictions:|{name: plumbline.labels}}}|kafka.topics.predictions.name: plumbline.labels is the name of predictions and of labels",
        "kafka: {topics: {alerts:|{name: a b}}}|kafka.topics.alerts.name: expected letters, digits, '.', '_' and '-', found \"a b\"",
        // Monitors
        "monitors:|[{name: m, select: {metric: psi}}]|monitors[0]: expected a condition: above, below, outside, dynamic or absent",
        "monitors: [{name: m, select: {metric: psi},|absent: 1m}]|monitors[0].absent: expected severity beside it",
        "monitors: [{name: m, select: {metric: psi},|dynamic: {}}]|monitors[0].dynamic: expected severity beside it",
        "monitors: [{name: m, select: {metric: psi}, severity: P1, dynamic:|{method: []}}]|monitors[0].dynamic.method: expected a method at least",
        "monitors: [{name: m, select: {metric: psi}, above: {P1: 0.1,|P2: 0.25}}]|monitors[0].above.P2: expected the graver the greater, found P1 at 0.1 and P2 at 0.25",
        "monitors: [{name: m, select: {metric: psi}, below: {P1: 0.25,|P2: 0.1}}]|monitors[0].below.P2: expected the graver the smaller, found P1 at 0.25 and P2 at 0.1",
        "monitors: [{name: m, select: {metric: psi}, below: {P1: 5},|above: {P1: 1}}]|monitors[0].above: expected above 5 or more, as in below, found 1: it would always fire",
        "monitors: [{name: m, above: {P1: 1}, select: {metric: psi,|window: 1 h}}]|monitors[0].select.window: expected a duration like 1h, found \"1 h\"",
        "monitors: [{name: m, select: {metric: psi}, outside: {|P1: [1]}}]|monitors[0].outside.P1: expected the least and the greatest value that is calm, found [1]",
        "monitors: [{name: m, select: {metric: psi}, outside: {|P1: [2, 1.5]}}]|monitors[0].outside.P1: expected the least and the greatest value that is calm, found [2, 1.5]",
        "monitors: [{name: m, select: {metric: psi}, outside: {|P1: []}}]|monitors[0].outside.P1: expected a value, found none",
        "monitors: [{name: m, select: {metric: psi}, outside: {P1: [0, 5],|P2: [1, 6]}}]|monitors[0].outside.P2: expected the graver the wider, found P1 at [0, 5] and P2 at [1, 6]",
        "monitors: [{name: m, select: {metric: psi}, severity: P1, dynamic: {|season: [hour_of_day]}}]|monitors[0].dynamic.season: not built yet",
        "monitors: [{name: m, select: {metric: psi}, severity: P1, dynamic: {|baseline: {from: 2026-11-01T00:00:00Z}}}]|monitors[0].dynamic.baseline: expected a number of points, or from and to",
        "monitors: [{name: m, select: {metric: psi}, severity: P1, dynamic: {|baseline: {from: 2026-11-02T00:00:00Z, to: 2026-11-01T00:00:00Z}}}]|monitors[0].dynamic.baseline: expected from before to, found 2026-11-02T00:00:00Z to 2026-11-01T00:00:00Z",
        "monitors: [{name: m, select: {metric: psi}, severity: P1, dynamic: {|baseline: 3}}]|monitors[0].dynamic.baseline: expected a number at least 30, found \"3\"",
        // Receivers, times and routes
        "receivers:|[{name: r}]|receivers[0]: expected exactly one of pagerduty, slack, email, webhook, alertmanager, log, found none",
        "receivers:|[{name: r, slack: }]|receivers[0]: expected exactly one of pagerduty, slack, email, webhook, alertmanager, log, found none",
        "receivers:|[{name: r, slack: {url: \"${env:A}\"}, webhook: {url: \"https://a\"}}]|receivers[0]: expected exactly one of pagerduty, slack, email, webhook, alertmanager, log, found slack, webhook",
        "receivers: [{name: r,|slack: {url: \"https://hooks.example.com/T0/B0\"}}]|receivers[0].slack.url: expected ${env:NAME} or ${file:PATH}, found a secret in clear",
        "receivers: [{name: r,|webhook: {url: jira.example.com}}]|receivers[0].webhook.url: expected an address like https://host/path",
        "receivers: [{name: r,|webhook: {url: \"https://me:hunter2@example.com\"}}]|receivers[0].webhook.url: expected ${env:NAME} or ${file:PATH}, found a password in clear",
        "receivers: [{name: r, email: {to: [a@example.com], from: b@example.com,|smtp: mail}}]|receivers[0].email.smtp: expected an address like smtps://host:465",
        "receivers: [{name: r,|alertmanager: {url: alertmanager}}]|receivers[0].alertmanager.url: expected an address like https://host/path",
        "|watchdog: {url: ping}|watchdog.url: expected an address like https://host/path",
        "receivers: [{name: mail, log: {}}]\\npatterns:|{no_response: {escalate_to: mial}}|patterns.no_response.escalate_to: mial is not among the receivers; did you mean mail?",
        "time_intervals:|[{name: night, from: 22:00, to: 06:00}]|time_intervals[0]: expected from before to, found 22:00 to 06:00 (one over midnight is two intervals)",
        "time_intervals: [{name: never,|days: []}]|time_intervals[0].days: expected a day at least",
        "receivers: [{name: mail, slack: {url: \"${env:A}\"}}]\\nroute:|{receiver: mial}|route.receiver: mial is not among the receivers; did you mean mail?",
        "|route: {group_by: [incident]}|route: expected receiver, which is missing",
        "receivers: [{name: r, slack: {url: \"${env:A}\"}}]\\nroute: {receiver: r, routes: [{match: {severity: P0}, receiver: r},|{receiver: rr}]}|route.routes[1].receiver: rr is not among the receivers",
        "receivers: [{name: r, slack: {url: \"${env:A}\"}}]\\nroute: {receiver: r, routes:|[{active: [noon]}]}|route.routes[0].active[0]: noon is not among the time_intervals",
        "receivers: [{name: r, slack: {url: \"${env:A}\"}}]\\nroute: {receiver: r,|match: {severity: P0}}|route.match: expected only below routes: the root takes everything",
        "receivers: [{name: r, slack: {url: \"${env:A}\"}}]\\nroute: {receiver: r, routes:|[{match: {severity: P7}}]}|route.routes[0].match.severity: expected one of P0, P1, P2, P3, found \"P7\"",
        "playbooks: [{kind: k, actions: [{name: a, webhook: {url: \"https://a\"}},|{name: a, webhook: {url: \"https://a\"}}]}]|playbooks[0].actions[1].name: a stands twice",
      })
  void aRuleBetweenKeysSaysWhere(String before, String from, String message) {
    String start = before == null ? "" : before.replace("\\n", "\n");
    int line = before == null ? 1 : (int) start.lines().count() + 1;
    String yaml = before == null ? from : start + "\n  " + from.replace("\\n", "\n");
    assertThatThrownBy(() -> ConfigLoader.parse("c", yaml))
        .isInstanceOf(BadInput.class)
        .message()
        .startsWith("c:" + line + ": " + message)
        .hasLineCount(1)
        .doesNotContain("hunter2");
  }

  private static void assertOnlyProblem(String yaml, String message) {
    assertThatThrownBy(() -> ConfigLoader.parse("c", yaml))
        .isInstanceOf(BadInput.class)
        .message()
        .startsWith("c:1: " + message)
        .hasLineCount(1);
  }

  @Test
  void keysAndRulesAreToldInOneRoundInTheOrderOfTheFile() {
    assertThatThrownBy(
            () ->
                ConfigLoader.parse(
                    "c",
                    """
                    models:
                      - {name: credit, features: [incom], tresholds: 1}
                    features:
                      - {name: income, type: numeric, range: {min: 3, max: 1}, null_threshold: 2}
                    """))
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "c:2: models[0].tresholds: unknown key; did you mean threshold?",
                "c:2: models[0].features[0]: incom is not among the features; did you mean income?",
                "c:4: features[0].null_threshold: expected a number at least 0 and at most 1, found \"2\"",
                "c:4: features[0].range: expected min <= max, found min 3, max 1"));
  }

  @Test
  void whatIsWrongIsNotJudgedAgain() {
    assertOnlyProblem(
        "monitors: [{name: m, select: {metric: psi}, absent: soon, severity: P1}]",
        "monitors[0].absent: expected a duration");
    assertOnlyProblem(
        "receivers: [{name: r, slack: https://hooks.example.com/T0}]",
        "receivers[0].slack: expected a mapping of keys, found a single value");
  }

  @Test
  void aSecretIsInNoMessage() {
    for (String yaml :
        List.of(
            "kafka: {properties: password=hunter2}",
            "receivers: hunter2",
            "receivers: [hunter2]",
            "receivers: [{name: r, slack: hunter2}]",
            "receivers: [{name: r, slack: {url: hunter2}}]",
            "receivers: [{name: r, webhook: {url: \"https://a\", secret: hunter2}}]",
            "playbooks: [{kind: k, actions: [{name: a, webhook: hunter2}]}]",
            "playbooks: [{kind: k, actions: hunter2}]",
            "tables: {commit_interval: \"https://a:hunter2@b\"}",
            "hunter2")) {
      assertThatThrownBy(() -> ConfigLoader.parse("c", yaml))
          .isInstanceOf(BadInput.class)
          .message()
          .doesNotContain("hunter2");
    }
  }

  @Test
  void whatOnlyPointsToASecretIsNone() {
    KafkaConfig kafka =
        ConfigLoader.parse(
                "c",
                """
                kafka:
                  properties:
                    bootstrap.servers: b:9092
                    sasl.oauthbearer.token.endpoint.url: https://id.example.com/token
                    sasl.jaas.config: login user="me" password="${env:PASSWORD}" tokenauth="true";
                    ssl.keystore.location: /etc/keys
                """)
            .kafka();
    assertThat(kafka.properties()).hasSize(4);
  }

  /**
   * Each costs milliseconds, where a pattern that tries all ways takes hours or the whole stack.
   */
  @ParameterizedTest
  @ValueSource(strings = {"/a", "~0", "://a:", "://?a", "?a", "://x?", "password", "&a="})
  @Timeout(5)
  void longTextsAreReadAtOnce(String part) {
    String text = "://" + part.repeat(100_000);
    assertThat(SecretText.hasPasswordInUrl(text + " ")).isFalse();
    assertThat(SecretText.isInClear("${env:A} " + text)).isFalse();
    assertThat(KafkaRules.isPointer("/" + part.repeat(100_000))).isTrue();
    assertThat(KafkaRules.isPointer("/" + part.repeat(100_000) + "~")).isFalse();
    assertThatThrownBy(
            () -> ConfigLoader.parse("c", "models: [{name: a, owner: \"" + text + "\"}]"))
        .hasMessageContaining("models[0].owner: expected at most 10000 characters, found");
  }

  @Test
  void aPasswordAmongTheParametersOfAUrlIsFound() {
    assertThat(SecretText.hasPasswordInUrl("at https://a/b?x=1&?db_password=y here")).isTrue();
    assertThat(SecretText.hasPasswordInUrl("at https://a/b?password=${env:P}&x=y")).isFalse();
    assertThat(SecretText.hasPasswordInUrl("?password=x https://a/b")).isFalse();
  }

  /** The empty pointer is the whole record (RFC 6901, section 5). */
  @Test
  void featuresMayBeTheRecordsOwnKeys() {
    KafkaConfig kafka =
        ConfigLoader.parse(
                "c",
                """
                kafka:
                  properties: {bootstrap.servers: b}
                  topics: {predictions: {fields: {features: ""}}}
                """)
            .kafka();
    assertThat(kafka.fields(Topic.PREDICTIONS)).containsEntry("features", "");
  }

  @Test
  void theConfigCannotBeChanged() throws IOException {
    PlumblineConfig config = ConfigLoader.parse("c", contract());
    assertThatThrownBy(() -> config.kafka().properties().put("a", "b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.tables().retention().clear())
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> config.models().get(0).features().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tables: &t {path: x}\\nlimits: *t|c:2: *t: expected the list or mapping written out, found an alias of it",
        "route: &r {routes: [*r]}|c:1: *r: expected the list or mapping written out",
        "a: 1\\n---\\nb: 2|c:2: not YAML: but found another document",
        "drift: {a: b: c}|c:1: not YAML: ",
      })
  void whatCouldExhaustMemoryIsRefused(String yaml, String message) {
    assertThatThrownBy(() -> ConfigLoader.parse("c", yaml.replace("\\n", "\n")))
        .isInstanceOf(BadInput.class)
        .message()
        .startsWith(message)
        .hasLineCount(1);
  }

  @Test
  void depthIsBounded() {
    String deep = "route: " + "{routes: [".repeat(100_000);
    assertThatThrownBy(() -> ConfigLoader.parse("c", deep))
        .isInstanceOf(BadInput.class)
        .hasMessage("c:1: expected at most 100 levels of nesting");
  }

  @Test
  void aScalarMayHaveAnAlias() {
    PlumblineConfig config =
        ConfigLoader.parse("c", "models: [{name: a, owner: &o team}, {name: b, owner: *o}]");
    assertThat(config.model("b").orElseThrow().owner()).isEqualTo("team");
  }

  @Test
  void thousandsOfFeaturesLoad() {
    StringBuilder yaml = new StringBuilder("lineage: [{name: node0, kind: source}");
    for (int i = 1; i < 5_000; i++) {
      yaml.append(", {name: node%d, kind: job, reads: [node%d]}".formatted(i, i - 1));
    }
    yaml.append("]\nfeatures:\n");
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      yaml.append("  - {name: feature%d, type: numeric, source: node%d, ".formatted(i, i))
          .append("freshness_sla: 1h, range: {min: 0, max: 1}, drift: {bins: 20}}\n");
      names.append(names.isEmpty() ? "" : ", ").append("feature").append(i);
    }
    yaml.append("models: [{name: m, features: [").append(names).append("]}]\n");
    PlumblineConfig config = ConfigLoader.parse("c", yaml.toString());
    assertThat(config.featuresByName()).hasSize(5_000).containsKey("feature4999");
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
  void aFileThatIsNoConfigIsBadInput(@TempDir Path folder) throws IOException {
    assertRefused(folder.resolve("none.yaml"), "none.yaml: no such file");
    assertRefused(folder, ": cannot be read: ");
    assertRefused(
        Files.writeString(folder.resolve("empty.yaml"), " \n"),
        "empty.yaml: expected keys, found an empty file");
    assertRefused(
        Files.write(folder.resolve("binary.yaml"), new byte[] {'P', 'A', 'R', '1', (byte) 0xFF}),
        "binary.yaml: expected text in UTF-8, found other bytes");
    assertRefused(
        Files.write(folder.resolve("zeros.yaml"), new byte[100]), "zeros.yaml: not YAML: ");
    assertRefused(
        Files.write(folder.resolve("huge.yaml"), new byte[(16 << 20) + 1]),
        "huge.yaml: expected at most 16 MiB");
    assertRefused(
        Files.writeString(folder.resolve("text.yaml"), "x".repeat(10_000)),
        "text.yaml:1: expected a mapping of keys, found a single value");
  }

  private static void assertRefused(Path file, String message) {
    assertThatThrownBy(() -> ConfigLoader.load(file))
        .isInstanceOf(BadInput.class)
        .message()
        .contains(message)
        .hasLineCount(1);
  }
}
