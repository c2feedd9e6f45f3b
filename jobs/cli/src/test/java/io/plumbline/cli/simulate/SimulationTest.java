package io.plumbline.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.cli.simulate.Played.Line;
import io.plumbline.cli.simulate.SimulatedFeature.Trait;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.LineageNode;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated world, without a clock and a broker. */
class SimulationTest {
  private static final Played CALM = Played.of(1, Fault.Kind.none, "income");

  private static final Map<Fault.Kind, Played> BROKEN = new EnumMap<>(Fault.Kind.class);

  private static List<String> timeless(Played played) {
    return played.lines.stream()
        .map(
            line ->
                (line.key() + " " + line.text())
                    .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                    .replaceAll("[0-9a-z]{8}-1-(\\d+)", "ID-$1"))
        .toList();
  }

  /** With a fault in the feature that it has by itself. */
  private static Played broken(Fault.Kind kind) {
    return BROKEN.computeIfAbsent(kind, k -> Played.of(1, k, k.standardFeature));
  }

  @ParameterizedTest
  @EnumSource(Fault.Kind.class)
  void theSameSeedGivesTheSameLinesButTheirTimes(Fault.Kind kind) {
    Fault fault = new Fault(kind, Duration.ofMinutes(1), World.feature(kind.standardFeature));
    Duration length = Duration.ofMinutes(2);
    Played one = Played.of(1, fault, Played.START, length);
    assertThat(Played.of(1, fault, Played.START, length).lines).isEqualTo(one.lines);
    Played later = Played.of(1, fault, Played.START.plusSeconds(3601), length);
    assertThat(timeless(later)).isEqualTo(timeless(one));
    assertThat(later.lines.get(0).text()).isNotEqualTo(one.lines.get(0).text());
  }

  @Test
  void anotherSeedGivesOtherValues() {
    Played other = Played.of(2, Fault.Kind.none, "income");
    assertThat(other.lines.get(0).json().get("value"))
        .isNotEqualTo(CALM.lines.get(0).json().get("value"));
  }

  @Test
  void recordsAreThoseOfTheContract() {
    Instant last = Played.START;
    for (Line line : CALM.lines) {
      JsonNode json = line.json();
      assertThat(line.time()).isAfterOrEqualTo(last);
      last = line.time();
      Set<String> fields = new TreeSet<>();
      json.fieldNames().forEachRemaining(fields::add);
      String time = line.topic() == Topic.FEATURES ? "event_time" : "ts";
      assertThat(json.get(time).asText()).matches(".*T..:..:..\\.\\d{3}Z");
      assertThat(Instant.parse(json.get(time).asText())).isEqualTo(line.time());
      assertThat(line.key()).isEqualTo(json.get(line.topic().keyFields().get(0)).asText());
      switch (line.topic()) {
        case PREDICTIONS -> prediction(json, fields);
        case LABELS -> {
          assertThat(fields).containsExactly("label", "prediction_id", "ts");
          assertThat(json.get("label").isBoolean()).isTrue();
        }
        case FEATURES -> {
          assertThat(fields)
              .containsExactly("entity_id", "event_time", "feature", "origin", "value", "version");
          value(line.key(), json.get("value"));
        }
        default -> throw new AssertionError("unexpected: " + line);
      }
    }
  }

  private static void prediction(JsonNode json, Set<String> fields) {
    assertThat(fields)
        .contains(
            "entity_id",
            "feature_times",
            "features",
            "latency_ms",
            "model",
            "model_version",
            "prediction_id",
            "role",
            "segments",
            "ts")
        .hasSize(json.has("error") ? 11 : 13);
    if (!json.has("error")) {
      double score = json.get("score").asDouble();
      assertThat(score).isBetween(0.0, 1.0);
      assertThat(json.get("predicted_label").asBoolean()).isEqualTo(score >= 0.5);
      assertThat(json.get("confidence").asDouble())
          .isEqualTo(Math.max(score, 1 - score), within(1e-6));
    }
    assertThat(json.get("segments").get("country")).isEqualTo(json.at("/features/country"));
    assertThat(json.get("latency_ms").asDouble()).isBetween(0.1, 1000.0);
    assertThat(json.get("features")).hasSize(20);
    assertThat(json.get("feature_times")).hasSize(20);
    Instant now = Instant.parse(json.get("ts").asText());
    for (SimulatedFeature feature : World.FEATURES) {
      value(feature.name(), json.get("features").get(feature.name()));
      Instant made = Instant.parse(json.get("feature_times").get(feature.name()).asText());
      Duration every = World.JOBS.get(feature.job()).every();
      assertThat(made).isBetween(now.minus(every), now);
    }
  }

  private static void value(String name, JsonNode value) {
    SimulatedFeature feature = World.FEATURES.get(World.feature(name));
    if (value.isNull()) {
      assertThat(feature.nullShare()).isPositive();
    } else if (feature.shape() instanceof Shape.Numeric numeric) {
      assertThat(value.isNumber()).isTrue();
      assertThat(value.asDouble()).isBetween(numeric.min, numeric.max);
      assertThat(value.isIntegralNumber()).isEqualTo(numeric.decimals == 0);
    } else {
      assertThat(((Shape.Categories) feature.shape()).names).contains(value.asText());
    }
  }

  @Test
  void aServedValueIsWhatTheStoreSaidAtItsTime() {
    FeatureStore store = new FeatureStore(1, new Fault(Fault.Kind.none, Duration.ZERO, 0));
    for (Line line : CALM.on(Topic.PREDICTIONS).limit(200).toList()) {
      long customer = Long.parseLong(line.json().get("entity_id").asText().substring(9));
      int income = World.feature("income");
      Instant made = Instant.parse(line.json().at("/feature_times/income").asText());
      long offset = Duration.between(Played.START, made).toNanos();
      long run = store.run(World.FEATURES.get(income).job(), offset);
      assertThat(line.json().at("/features/income").asDouble())
          .isEqualTo(store.online(income, customer, run, offset));
    }
  }

  @Test
  void eachFeatureIsUpdatedAsOftenAsItsJobRuns() {
    for (SimulatedFeature feature : World.FEATURES) {
      long runs = Duration.ofMinutes(10).dividedBy(World.JOBS.get(feature.job()).every());
      assertThat(CALM.updates(feature.name(), "online"))
          .hasSize((int) runs * Simulation.CUSTOMERS_A_RUN);
      assertThat(CALM.updates(feature.name(), "offline"))
          .hasSize(feature.is(Trait.OFFLINE) ? (int) runs * Simulation.CUSTOMERS_A_RUN : 0);
    }
  }

  @Test
  void nullsHaveTheirShares() {
    assertThat(CALM.on(Topic.PREDICTIONS)).hasSize(24_000);
    for (SimulatedFeature feature : World.FEATURES) {
      assertThat(nulls(CALM, feature.name(), line -> true))
          .isEqualTo(feature.nullShare(), within(feature.nullShare() == 0 ? 0 : 0.006));
    }
  }

  private static double nulls(Played played, String feature, Predicate<Line> which) {
    return played
        .on(Topic.PREDICTIONS)
        .filter(which)
        .mapToInt(line -> line.json().get("features").get(feature).isNull() ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static double mean(Stream<JsonNode> values) {
    return values.filter(v -> !v.isNull()).mapToDouble(JsonNode::asDouble).average().orElseThrow();
  }

  private static Stream<JsonNode> served(Played played, String feature, Predicate<Line> which) {
    return played
        .on(Topic.PREDICTIONS)
        .filter(which)
        .map(line -> line.json().get("features").get(feature));
  }

  @ParameterizedTest
  @EnumSource(Fault.Kind.class)
  void untilTheFaultAllIsAsWithoutIt(Fault.Kind kind) {
    assertThat(broken(kind).lines.stream().filter(Played.before()).toList())
        .isEqualTo(CALM.lines.stream().filter(Played.before()).toList());
  }

  @Test
  void aDriftShiftsTheFeatureAndQualityFalls() {
    Played played = broken(Fault.Kind.drift);
    double before = mean(served(played, "income", Played.before()));
    double after = mean(served(played, "income", Played.after()));
    // A deviation of 0.5 in logarithms, and one and a half of it.
    assertThat(after / before).isEqualTo(Math.exp(0.75), within(0.1));
    assertThat(
            mean(
                played
                    .updates("income", "online")
                    .filter(Played.after())
                    .map(SimulationTest::valueOf)))
        .isEqualTo(after, within(0.05 * after));
    assertThat(mean(served(played, "balance", Played.after())))
        .isEqualTo(mean(served(CALM, "balance", Played.after())));
    Labelled calm = new Labelled(CALM);
    Labelled labelled = new Labelled(played);
    for (String version : List.of("v3", "v4")) {
      assertThat(labelled.of(version, Played.before()).logLoss())
          .isEqualTo(calm.of(version, Played.before()).logLoss());
      assertThat(labelled.of(version, Played.after()).logLoss())
          .isGreaterThan(1.15 * calm.of(version, Played.after()).logLoss());
    }
  }

  @Test
  void aDriftOfCategoriesMakesTheRareOnesFrequent() {
    Played played = Played.of(1, Fault.Kind.drift, "country");
    assertThat(germans(played, Played.before())).isEqualTo(0.38, within(0.03));
    assertThat(germans(played, Played.after())).isLessThan(0.1);
  }

  private static double germans(Played played, Predicate<Line> which) {
    return served(played, "country", which)
        .mapToInt(v -> v.asText().equals("DE") ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private static JsonNode valueOf(Line line) {
    return line.json().get("value");
  }

  @Test
  void nullsRiseToThirtyPerCent() {
    Played played = broken(Fault.Kind.nulls);
    assertThat(nulls(played, "bureau_score", Played.before())).isLessThan(0.03);
    assertThat(nulls(played, "bureau_score", Played.after())).isEqualTo(0.3, within(0.02));
    assertThat(nulls(played, "income", Played.after())).isZero();
  }

  @Test
  void aJobThatStopsLeavesItsFeaturesBehind() {
    Played played = Played.of(1, Fault.Kind.stale, "balance");
    Instant lastRun = Played.START.plusSeconds(280);
    for (SimulatedFeature feature : World.FEATURES) {
      boolean stopped = World.JOBS.get(feature.job()).name().equals("account_summary");
      assertThat(played.updates(feature.name(), "online").anyMatch(Played.after()))
          .isEqualTo(!stopped);
      if (stopped) {
        assertThat(played.on(Topic.PREDICTIONS).filter(Played.after()))
            .allMatch(
                l ->
                    l.json()
                        .get("feature_times")
                        .get(feature.name())
                        .asText()
                        .equals(lastRun.toString().replace("Z", ".000Z")));
      }
    }
    assertThat(new Labelled(played).of("v3", Played.after()).logLoss())
        .isGreaterThan(1.1 * new Labelled(CALM).of("v3", Played.after()).logLoss());
  }

  @Test
  void skewMakesServingDifferFromTraining() {
    Played played = broken(Fault.Kind.skew);
    List<Double> differences = new ArrayList<>();
    Map<String, Double> offline = new HashMap<>();
    played
        .updates("debt_to_income", "offline")
        .forEach(l -> offline.put(pair(l), valueOf(l).asDouble()));
    played
        .updates("debt_to_income", "online")
        .forEach(
            l -> {
              double ratio = valueOf(l).asDouble() / offline.get(pair(l));
              if (Played.before().test(l)) {
                assertThat(ratio).isEqualTo(1);
              } else {
                differences.add(ratio);
              }
            });
    assertThat(differences).hasSize(15 * Simulation.CUSTOMERS_A_RUN);
    assertThat(differences.stream().mapToDouble(r -> r).average().orElseThrow())
        .isEqualTo(1.1, within(0.01));
  }

  private static String pair(Line line) {
    return line.json().get("entity_id").asText() + line.json().get("event_time").asText();
  }

  @Test
  void theConfigDescribesTheWorld() {
    String text = WorldConfig.text(PlumblineConfig.defaults().kafka(), Duration.ofSeconds(30));
    PlumblineConfig config = ConfigLoader.parse("world.yaml", text);
    assertThat(config.kafka().name(Topic.DEAD_LETTERS)).isEqualTo("plumbline.dead-letters");
    assertThat(config.features()).hasSize(20);
    Set<String> nodes = new TreeSet<>();
    for (LineageNode node : config.lineage()) {
      assertThat(nodes).as("read by " + node.name()).containsAll(node.reads());
      nodes.add(node.name());
    }
    for (FeatureConfig feature : config.features()) {
      SimulatedFeature simulated = World.FEATURES.get(World.feature(feature.name()));
      assertThat(nodes).containsAll(feature.source());
      assertThat(feature.type() == FeatureConfig.Type.CATEGORICAL)
          .isEqualTo(simulated.isCategorical());
      assertThat(feature.freshnessSla()).isGreaterThan(World.JOBS.get(simulated.job()).every());
      assertThat(feature.range() == null).isEqualTo(simulated.isCategorical());
      assertThat(feature.nullThreshold()).isBetween(simulated.nullShare(), Fault.NULL_SHARE);
      assertThat(feature.consistency() != null).isEqualTo(simulated.is(Trait.OFFLINE));
    }
    assertThat(config.models().get(0).features()).hasSize(20);
    assertThat(config.models().get(0).labelHorizon()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.models().get(0).task()).isEqualTo(ModelConfig.Task.BINARY);
    assertThat(config.models().get(0).versions())
        .extracting(ModelConfig.Version::version, ModelConfig.Version::role)
        .containsExactly(
            tuple("v3", ModelConfig.Role.CHAMPION), tuple("v4", ModelConfig.Role.SHADOW));
    assertThat(config.models().get(0).segments().get(0).column()).isEqualTo(World.SEGMENT);
  }
}
