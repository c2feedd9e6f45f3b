package io.plumbline.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.plumbline.runtime.config.binding.ConfigWriter;
import io.plumbline.runtime.config.binding.Problems;
import io.plumbline.runtime.config.binding.RecordBinder;
import io.plumbline.runtime.config.binding.SafeYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** An independent validator says that the schema takes what the loader takes. */
class ConfigSchemaTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(ConfigSchema.json(), InputFormat.JSON);

  /** Every key of the contract, and those of which it has no example. */
  private static JsonNode everyKey() throws IOException {
    String more =
        ConfigLoaderTest.everyExample()
            .replace("wasserstein: {high: 2.5}}", "mmd_p_value: {low: 0.1}}")
            .replace("source: transactions_db", "source: [transactions_db]")
            .replace("method: [ewma]", "method: [ewma], baseline: 100, season: [hour_of_day]")
            .replace(
                "dynamic: {method: [ewma, cusum]",
                "dynamic: {L: 3, h: 5, min_coverage: 0.5, autocorrelation: off,"
                    + " baseline: {from: 2026-11-01T00:00:00Z, to: 2026-11-08T00:00:00Z},"
                    + " method: [ewma, cusum]");
    return tree(more);
  }

  private static JsonNode tree(String yaml) {
    return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(yaml));
  }

  private static boolean schemaTakes(JsonNode config) {
    return SCHEMA.validate(config, OutputFormat.BOOLEAN);
  }

  /** Keys by themselves: the schema knows nothing of rules between them. */
  private static boolean loaderTakes(JsonNode config) {
    Problems problems = new Problems("c");
    new RecordBinder(problems)
        .bind(SafeYaml.compose("c", config.toString()).orElseThrow(), PlumblineConfig.class, "");
    return problems.count() == 0;
  }

  @Test
  void theCommittedSchemaIsTheGeneratedOne() throws IOException {
    Path committed = Path.of(System.getProperty("plumbline.root"), "docs", "plumbline.schema.json");
    assertThat(Files.readString(committed))
        .as("to update it: ./plumbline config schema > docs/plumbline.schema.json")
        .isEqualTo(ConfigSchema.json());
  }

  @Test
  void theContractIsValid() throws IOException {
    assertThat(SCHEMA.validate(tree(ConfigLoaderTest.contract()))).isEmpty();
    assertThat(SCHEMA.validate(everyKey())).isEmpty();
    assertThat(loaderTakes(everyKey())).isTrue();
    assertThat(SCHEMA.validate(tree(ConfigWriter.yaml(PlumblineConfig.defaults())))).isEmpty();
  }

  @Test
  void brokenFilesAreInvalid() {
    for (String broken :
        List.of(
            "dirft: {}",
            "drift: {noise_alpha: 0}",
            "drift: {bins: many}",
            "drift: {windows: [0s]}",
            "features: [{name: a}]",
            "features: [{name: a, type: numeral}]",
            "features: {a: numeric}",
            "route: {routes: [{routes: [{grop_by: []}]}]}",
            "receivers: [{name: r, slack: {url: \"https://hooks.example.com/T0\"}}]",
            "kafka: {properties: {ssl.key.password: hunter2}}",
            "monitors: [{name: m, select: {metrics: psi}}]",
            "time_intervals: [{name: t, from: \"9:00\"}]")) {
      assertThat(schemaTakes(tree(broken))).as(broken).isFalse();
      assertThat(loaderTakes(tree(broken))).as(broken).isFalse();
    }
  }

  /** Each key of the file in turn gets values of all kinds, or one key more, or one less. */
  @Test
  void loaderAndSchemaAgreeOnEachKey() throws IOException {
    List<String> disagreements = new ArrayList<>();
    int[] tried = {0, 0};
    for (Map.Entry<String, JsonNode> section : everyKey().properties()) {
      ObjectNode alone = JSON.createObjectNode();
      alone.set(section.getKey(), section.getValue());
      change(
          alone,
          "",
          path -> {
            boolean schema = schemaTakes(alone);
            if (schema != loaderTakes(alone)) {
              disagreements.add(
                  (schema ? "only the schema takes " : "only the loader takes ") + path);
            }
            tried[schema ? 0 : 1]++;
          });
    }
    assertThat(disagreements).isEmpty();
    assertThat(tried[0]).isGreaterThan(500);
    assertThat(tried[1]).isGreaterThan(1_000);
  }

  private static final List<String> VALUES =
      List.of(
          "[]",
          "{}",
          "[[]]",
          "{\"nonsense\": 1}",
          "\"nonsense\"",
          "\"\"",
          "null",
          "true",
          "0",
          "-1",
          "1",
          "0.5",
          "3",
          "1e5",
          "1000000",
          "3000000000",
          "\"0s\"",
          "\"5m\"",
          "\"1MiB\"",
          "\"0B\"",
          "\"24:00\"",
          "\"7:00\"",
          "\"${env:A}\"",
          "\"${env:}\"",
          "\"P1\"",
          "\"UTC\"",
          "[null]",
          "[1]",
          "[\"5m\"]",
          "[\"0s\"]");

  private static void change(JsonNode node, String path, Consumer<String> check)
      throws IOException {
    if (node instanceof ObjectNode object) {
      for (String key : new ArrayList<>(names(object))) {
        JsonNode before = object.get(key);
        String at = path + "/" + key;
        // Whether a zone or a topic's name is one, a pattern cannot say.
        for (String value : at.endsWith("/zone") ? List.of("[]", "{}", "\"UTC\"") : VALUES) {
          object.set(key, JSON.readTree(value));
          check.accept(at + " = " + value);
        }
        object.remove(key);
        check.accept(at + " removed");
        object.set(key, before);
        change(before, at, check);
      }
      object.put("nonsense", 1);
      check.accept(path + "/nonsense");
      object.remove("nonsense");
    } else if (node instanceof ArrayNode array) {
      // Each element by itself: that is faster, and the others say nothing about it.
      ArrayNode before = array.deepCopy();
      for (int i = 0; i < before.size(); i++) {
        String at = path + "/" + i;
        array.removeAll();
        array.addNull();
        for (String value : VALUES) {
          array.set(0, JSON.readTree(value));
          check.accept(at + " = " + value);
        }
        array.set(0, before.get(i));
        change(array.get(0), at, check);
      }
      array.removeAll();
      array.addAll(before);
    }
  }

  private static List<String> names(ObjectNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
