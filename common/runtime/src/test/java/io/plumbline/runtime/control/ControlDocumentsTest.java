package io.plumbline.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.Silence;
import io.plumbline.runtime.input.BadInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDocumentsTest {

  @Test
  void documentsOfEveryKindAreBoundToItsType() {
    List<ControlDocument> documents =
        ControlDocuments.read(
            "c.yaml",
            """
            kind: feature
            name: income
            spec: {type: numeric, null_threshold: 0.05, version: 1.10, critical: true, drift: {psi: {high: 1}}}
            ---
            {"kind": "model", "name": "credit", "spec": {"name": "credit", "features": ["income"]}}
            ---
            {kind: reference, name: credit/v3, spec: {model: credit, version: v3, reference: file:///r}}
            ---
            {kind: lineage, name: db, spec: {kind: source}}
            ---
            {kind: monitor, name: m, spec: {select: {metric: psi}, above: {P1: 0.25}, for: 10m}}
            ---
            {kind: route, name: root, spec: {receiver: a, routes: [{match: {severity: P0}, receiver: b}]}}
            ---
            kind: silence
            name: s
            spec: {matchers: {model: credit}, until: "2026-11-26T01:00:00+01:00", reason: deploy}
            ---
            {kind: acknowledgement, name: i-1, spec: {}}
            ---
            {kind: resolution, name: i-1, spec: {resolution: the table was late}}
            """);
    assertThat(documents).extracting(ControlDocument::kind).containsExactly(ControlKind.values());
    for (ControlDocument document : documents) {
      String again =
          "{kind: %s, name: %s, spec: %s}"
              .formatted(document.kind().key(), document.name(), document.json());
      assertThat(ControlDocuments.read("again", again)).containsExactly(document);
    }
    FeatureConfig income = (FeatureConfig) documents.get(0).spec();
    assertThat(income.name()).isEqualTo("income");
    assertThat(income.version()).isEqualTo("1.10");
    assertThat(documents.get(0).json())
        .isEqualTo(
            "{\"name\":\"income\",\"type\":\"numeric\",\"null_threshold\":0.05,\"version\":\"1.10\","
                + "\"role\":\"feature\",\"critical\":true,"
                + "\"drift\":{\"psi\":{\"high\":1}}}");
    assertThat(((ModelConfig) documents.get(1).spec()).features()).containsExactly("income");
    assertThat(documents.get(6).spec())
        .isEqualTo(
            new Silence(
                Map.of("model", "credit"), null, Instant.parse("2026-11-26T00:00:00Z"), "deploy"));
  }

  @Test
  void aWholeConfigBecomesDocumentsOfWhatControlCanChange() {
    List<ControlDocument> documents =
        ControlDocuments.read(
            "plumbline.yaml",
            """
            kafka: {properties: {bootstrap.servers: "b:1"}}
            lineage: [{name: db, kind: source}]
            features: [{name: b, type: numeric, source: db}, {name: a, type: categorical}]
            models: [{name: m, features: [a]}]
            receivers: [{name: r, slack: {url: "${env:URL}"}}]
            route: {receiver: r}
            monitors: [{name: p, select: {metric: psi}, above: {P1: 1}}]
            """);
    assertThat(documents)
        .extracting(ControlDocument::key)
        .containsExactly(
            "feature/b", "feature/a", "model/m", "lineage/db", "monitor/p", "route/root");
  }

  @Test
  void allProblemsAreToldAtOnceEachWithItsLine() {
    assertThatThrownBy(
            () ->
                ControlDocuments.read(
                    "c.yaml",
                    """
                    kind: feature
                    name: income
                    spec:
                      type: numeral
                      onwer: ann
                    ---
                    kind: monitr
                    name: m
                    spec: {}
                    ---
                    {kind: feature, spec: {type: numeric}, nmae: x}
                    ---
                    - 1
                    """))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(
            "c.yaml:4: spec.type: expected one of numeric, categorical, embedding")
        .hasMessageContaining("c.yaml:5: spec.onwer: unknown key; did you mean owner?")
        .hasMessageContaining("c.yaml:7: kind: expected one of feature, model, reference")
        .hasMessageContaining("found \"monitr\"; did you mean monitor?")
        .hasMessageContaining("c.yaml:11: name: expected this key, which is missing")
        .hasMessageContaining("c.yaml:11: nmae: unknown key; did you mean name?")
        .hasMessageContaining("c.yaml:13: expected a mapping of keys, found a list");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{kind: feature, name: a, spec: {name: b, type: numeric}}|c:1: name: expected b, as the spec says, found a",
        "{kind: feature, name: '', spec: {type: numeric}}|c:1: name: expected a value, found none",
        "{kind: feature, name: \"a\\nb\", spec: {type: numeric}}|c:1: name: expected no control characters",
        "{kind: feature, name: a}|c:1: spec: expected a mapping of keys; 'plumbline delete' takes back",
        "{kind: feature, name: a, spec: }|c:1: spec: expected a mapping of keys; 'plumbline delete' takes back",
        "{kind: feature, name: a, spec: [1]}|c:1: spec: expected a mapping of keys, found a list",
        "{kind: feature, name: a, spec: {type: numeric, drift: {psi: {low: 2, high: 1}}}}|c:1: spec.drift.psi: expected low <= medium <= high",
        "{kind: model, name: a, spec: {versions: [{version: v}, {version: v}]}}|c:1: spec.versions[1].version: v stands twice",
        "{kind: reference, name: v3, spec: {model: m, version: v3, reference: r}}|c:1: name: expected m/v3, as the spec says, found v3",
        "{kind: route, name: main, spec: {receiver: r}}|c:1: name: expected root, as the spec says, found main",
        "{kind: silence, name: s, spec: {matchers: {}, until: 2026-01-01T00:00:00Z, reason: r}}|c:1: spec.matchers: expected a value, found none",
        "{kind: silence, name: s, spec: {matchers: {a: b}, from: 2026-01-02T00:00:00Z, until: 2026-01-01T00:00:00Z, reason: r}}|c:1: spec.until: expected a time after from",
        "{kind: silence, name: s, spec: {matchers: {a: b}, until: tomorrow, reason: r}}|c:1: spec.until: expected a time like 2026-11-24T10:00:00Z, found \"tomorrow\"",
        "{kind: resolution, name: i, spec: {}}|c:1: spec.resolution: expected this key, which is missing",
        "{features: [{name: a}]}|c:1: features[0].type: expected this key, which is missing",
        "[|c:1: not YAML",
        "#|c: expected control documents or a plumbline.yaml, found none of either",
      })
  void aProblemSaysWhereAndWhatWasExpected(String yaml, String message) {
    assertThatThrownBy(() -> ControlDocuments.read("c", yaml))
        .isInstanceOf(BadInput.class)
        .hasMessageContaining(message);
  }

  @Test
  void theSameThingTwiceIsAMistake() {
    String one = "{kind: acknowledgement, name: i, spec: {}}\n";
    assertThatThrownBy(() -> ControlDocuments.read("c", one + "---\n" + one))
        .hasMessage("c:3: name: acknowledgement/i stands twice");
  }
}
