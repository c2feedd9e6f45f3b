package io.plumbline.drift.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.compare.FeatureComparison;
import io.plumbline.drift.explain.Explanation;
import io.plumbline.drift.explain.PsiTerm;
import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.drift.plan.Segments;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.config.Thresholds;
import io.plumbline.stats.Mergeable;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Severities against those of the oracle's recipe, on its small vectors; then each knob. */
class VerdictTest {
  private static final int EXACT = 1 << 20;

  private static final ValueMemory MEMORY =
      new ValueMemory(
          1 << 20,
          () -> {
            throw new IOException("no value was to be spilled");
          });

  static Stream<Named<JsonNode>> vectors() throws IOException {
    try (var in =
        new GZIPInputStream(
            VerdictTest.class.getResourceAsStream("/io/plumbline/drift/vectors.json.gz"))) {
      JsonNode all = new ObjectMapper().readTree(in).get("vectors");
      return StreamSupport.stream(all.spliterator(), false)
          .filter(v -> v.get("oracle").has("kind"))
          .map(v -> Named.of(v.get("name").asText(), v))
          .toList()
          .stream();
    }
  }

  private static JsonNode vector(String name) throws IOException {
    return vectors().filter(v -> v.getName().equals(name)).findFirst().orElseThrow().getPayload();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void severitiesAreThoseOfTheRecipe(JsonNode vector) throws IOException {
    JsonNode oracle = vector.get("oracle");
    DriftResult result = judge("", vector).get(0);
    assertThat(result.severity()).isEqualTo(oracle.get("severity_reported").asText());
    assertThat(result.overallSeverity()).isEqualTo(oracle.get("overall_severity").asText());
    assertThat(result.missingSeverity())
        .isEqualTo(oracle.has("missing") ? oracle.at("/missing/severity").asText() : null);
    assertThat(result.driftDetected())
        .isEqualTo(Set.of("medium", "high").contains(result.overallSeverity()));
    assertThat(result.reason()).isNotBlank();
    JsonNode newCategories = oracle.at("/drift/new_category_p_value");
    if (newCategories.isNumber()) {
      assertThat(result.newCategoryPValue() / newCategories.asDouble()).isCloseTo(1, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void whatEachBinAddsIsThePsi(JsonNode vector) throws IOException {
    DriftResult result = judge("", vector).get(0);
    Explanation explanation = Explanation.of(result, List.of(), PlumblineConfig.defaults().drift());
    double sum = explanation.psiTerms().stream().mapToDouble(PsiTerm::value).sum();
    assertThat(sum).isCloseTo(result.psi() == null ? 0 : result.psi(), within(1e-12));
    assertThat(explanation.sentences())
        .isNotEmpty()
        .noneMatch(sentence -> sentence.contains("NaN") || sentence.contains("null"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void significanceDecidesForCategoriesWhenAsked(JsonNode vector) throws IOException {
    JsonNode oracle = vector.get("oracle");
    if (!oracle.get("kind").asText().equals("categorical")
        || !oracle.has("severity_by_significance")) {
      return;
    }
    DriftResult result = judge("drift: {rule: significance}", vector).get(0);
    assertThat(result.severity()).isEqualTo(oracle.get("severity_by_significance").asText());
    assertThat(result.driftDetected())
        .isEqualTo(Set.of("low", "medium", "high").contains(result.overallSeverity()));
  }

  @Test
  void theNoiseGuardCanBeSwitchedOff() throws IOException {
    JsonNode noise = vector("noise above a quarter");
    DriftResult guarded = judge("", noise).get(0);
    assertThat(guarded.psi()).isGreaterThan(0.25);
    assertThat(guarded.severity()).isEqualTo("none");
    assertThat(guarded.reason()).matches("PSI 0.* may be noise: chi-squared p 0.* of merged bins");
    assertThat(judge("drift: {noise_alpha: 1}", noise).get(0).severity()).isEqualTo("high");
  }

  @Test
  void tooFewRowsGiveNoVerdict() throws IOException {
    JsonNode shift = vector("normal shift");
    DriftResult few = judge("drift: {min_rows: 1000}", shift).get(0);
    assertThat(few.severity()).isEqualTo("insufficient");
    assertThat(few.reason())
        .isEqualTo("400 and 350 usable rows; a verdict needs 1000 on both sides");
  }

  @Test
  void theGravestMetricWinsAndIsNamed() throws IOException {
    JsonNode shift = vector("normal shift");
    double distance = shift.at("/oracle/drift/wasserstein").asDouble();
    String quiet = "psi: {medium: 50, high: 60}, ks_p_value: {low: 1.0e-300}";
    DriftResult none = judge("drift: {thresholds: {%s}}".formatted(quiet), shift).get(0);
    assertThat(none.severity()).isEqualTo("none");
    DriftResult medium =
        judge(
                "drift: {thresholds: {%s, wasserstein: {medium: %s}}}"
                    .formatted(quiet, distance * 0.9),
                shift)
            .get(0);
    assertThat(medium.severity()).isEqualTo("medium");
    assertThat(medium.reason()).startsWith("Wasserstein ");
    DriftResult ofFeature =
        judge(
                "features: [{name: f0, type: numeric, drift: {wasserstein: {high: %s}}}]"
                    .formatted(distance * 0.9),
                shift)
            .get(0);
    assertThat(ofFeature.severity()).isEqualTo("high");
  }

  @Test
  void theFalseDiscoveryRateIsOfTheWholeRun() throws IOException {
    JsonNode[] run = {
      vector("identical"),
      vector("noise above a quarter"),
      vector("normal shift"),
      vector("one category")
    };
    List<DriftResult> alone = judge("", run);
    List<DriftResult> together = judge("drift: {fdr: 0.05}", run);
    double leastP = Double.MAX_VALUE;
    for (DriftResult result : alone) {
      assertThat(result.qValue()).isNull();
      leastP =
          Math.min(leastP, result.ksPValue() == null ? result.chi2PValue() : result.ksPValue());
    }
    double leastQ = together.stream().mapToDouble(DriftResult::qValue).min().orElseThrow();
    // Benjamini and Hochberg: the least of four p-values counts fourfold.
    assertThat(leastQ).isCloseTo(4 * leastP, within(1e-12 * leastP));
  }

  @Test
  void theDataSetHasDriftedWhenTheWeightedShareReachesTheBound() throws IOException {
    JsonNode[] run = {vector("identical"), vector("disjoint"), vector("a constant that changes")};
    String config = "features: [{name: f2, type: numeric, importance: 3}]\ndrift: {min_rows: 10}";
    List<DriftResult> results = judge(config, run);
    DriftPlan plan = plan(config, run);
    DatasetVerdict verdict = DatasetVerdict.of(results, plan.featuresByName(), 0.5);
    assertThat(verdict.share()).isEqualTo(2.0 / 3);
    assertThat(verdict.shareWeighted()).isEqualTo(4.0 / 5);
    assertThat(verdict.drifted()).isTrue();
    assertThat(verdict.overallSeverity()).isEqualTo("high");
    assertThat(verdict.bySeverity()).containsEntry("high", 2).containsEntry("none", 1);
    assertThat(DatasetVerdict.of(results, plan.featuresByName(), 0.9).drifted()).isFalse();
  }

  private static PlannedFeature inRole(PlannedFeature feature, String role) {
    return new PlannedFeature(
        feature.name(),
        feature.index(),
        feature.kind(),
        feature.column(),
        true,
        true,
        role,
        feature.importance(),
        feature.bins(),
        feature.members(),
        false,
        null);
  }

  @Test
  void withoutAFeatureWhatWasComparedIsJudged() throws IOException {
    JsonNode[] run = {vector("disjoint"), vector("a constant that changes"), vector("identical")};
    String config = "drift: {min_rows: 10}";
    List<DriftResult> results = judge(config, run);
    Map<String, PlannedFeature> byName = new java.util.HashMap<>();
    String[] roles = {"target", "prediction", "prediction"};
    for (PlannedFeature feature : plan(config, run).features()) {
      byName.put(feature.name(), inRole(feature, roles[feature.index()]));
    }
    DatasetVerdict labels = DatasetVerdict.of(results, byName, 0.5);
    assertThat(labels.drifted()).isTrue();
    assertThat(labels.share()).isEqualTo(2.0 / 3);
    assertThat(labels.text())
        .isEqualTo(
            "drifted: 2 of 3 predictions and targets drifted (share 0.67, at least 0.50), gravest severity high");
    // One feature is enough for the others not to count.
    byName.put("f2", inRole(byName.get("f2"), "feature"));
    DatasetVerdict feature = DatasetVerdict.of(results, byName, 0.5);
    assertThat(feature.drifted()).isFalse();
    assertThat(feature.text()).startsWith("not drifted: 0 of 1 features drifted");
    DatasetVerdict few = DatasetVerdict.of(judge("drift: {min_rows: 100000}", run), byName, 0.5);
    assertThat(few.share()).isNull();
    assertThat(few.text())
        .isEqualTo("no verdict: the severity is insufficient for 1 of 1 features");
  }

  @Test
  void resultsComeGravestFirst() throws IOException {
    List<DriftResult> results =
        judge("", vector("identical"), vector("a constant that changes"), vector("normal shift"));
    assertThat(results).extracting(DriftResult::overallSeverity).startsWith("high");
    assertThat(results).extracting(DriftResult::feature).startsWith("f1");
  }

  private static List<DriftResult> judge(String yaml, JsonNode... vectors) throws IOException {
    DriftPlan plan = plan(yaml, vectors);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      PlannedFeature feature = plan.features().get(i);
      FeatureComparison comparison = new FeatureComparison(plan, feature, MEMORY, Long.MAX_VALUE);
      boolean numeric = feature.kind() == PlannedFeature.Kind.NUMERIC;
      for (boolean current : new boolean[] {false, true}) {
        Mergeable<?> cells = cells(vectors[i].get(current ? "current" : "reference"), numeric);
        if (cells instanceof NumericSummary numbers) {
          comparison.summaries(current).numbers(0).merge(numbers);
        } else {
          comparison.summaries(current).categories(0).merge((CategoryCounts) cells);
        }
      }
      comparison.compare(comparisons::add);
    }
    return Judgement.of(plan, comparisons).results();
  }

  private static Mergeable<?> cells(JsonNode cells, boolean numeric) {
    NumericSummary numbers = new NumericSummary(NumericDomain.doubles(), EXACT);
    CategoryCounts categories = new CategoryCounts();
    for (JsonNode cell : cells) {
      if (cell.isNull()) {
        numbers.addNulls(1);
        categories.addNulls(1);
      } else if (numeric) {
        numbers.addDouble(cell.isTextual() ? Double.parseDouble(cell.asText()) : cell.asDouble());
      } else {
        categories.add(cell.asText().getBytes(StandardCharsets.UTF_8), 1);
      }
    }
    return numeric ? numbers : categories;
  }

  static DriftPlan plan(String yaml, JsonNode... vectors) {
    PlumblineConfig config = ConfigLoader.parse("test.yaml", yaml);
    List<PlannedFeature> features = new ArrayList<>();
    List<Thresholds> thresholds = new ArrayList<>();
    Thresholds suite = config.drift().thresholds();
    for (int i = 0; i < vectors.length; i++) {
      boolean numeric = vectors[i].at("/oracle/kind").asText().equals("numeric");
      String name = "f" + i;
      ColumnType type =
          ColumnType.of(numeric ? ColumnType.Kind.DOUBLE : ColumnType.Kind.STRING, "test");
      FeatureConfig described = config.feature(name).orElse(null);
      features.add(
          new PlannedFeature(
              name,
              i,
              numeric ? PlannedFeature.Kind.NUMERIC : PlannedFeature.Kind.CATEGORICAL,
              new InputFiles.InputColumn(name, type, "none"),
              true,
              true,
              "feature",
              described == null ? null : described.importance(),
              10,
              List.of(),
              false,
              null));
      thresholds.add(
          described == null || described.drift() == null
              ? suite
              : described.drift().thresholds().over(suite));
    }
    InputFiles none = new InputFiles("none", List.of(), Map.of(), "none", null);
    return new DriftPlan(
        "run",
        "m",
        "",
        "r",
        LocalDate.of(2026, 11, 23),
        none,
        none,
        new ScanPlan(features, Segments.none(), null, false),
        List.of(),
        Set.of(),
        Set.of(),
        config.drift(),
        thresholds,
        false,
        "none",
        null);
  }
}
