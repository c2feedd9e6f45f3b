package io.plumbline.drift.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.explain.ResultBuilder;
import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.events.DriftResult;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Verdicts that bounds carry, and those that they do not; and what noise takes from the PSI. */
class UncertainVerdictTest {
  private static final long ROWS = 1000;

  private static ResultBuilder numeric(double psi, double p) {
    ResultBuilder result = ResultBuilder.of("numeric", ROWS, ROWS).psi(psi, p);
    result.ksStatistic = 0.01;
    result.ksPValue = 0.5;
    result.wasserstein = 0.3;
    result.jsDistance = 0.05;
    return result;
  }

  private static ResultBuilder bound(ResultBuilder result, String metric, double bound) {
    result.bounds.put(metric, bound);
    return result;
  }

  private static DriftResult judge(String yaml, ResultBuilder measured) {
    return judgeAll(yaml, measured).get(0);
  }

  private static List<DriftResult> judgeAll(String yaml, ResultBuilder... measured) {
    DriftPlan plan =
        VerdictTest.plan(
            yaml, Arrays.stream(measured).map(UncertainVerdictTest::kind).toArray(JsonNode[]::new));
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < measured.length; i++) {
      DriftResult result = measured[i].build();
      comparisons.add(
          new Comparison(
              plan.scan().key(plan.features().get(i).index(), 0),
              null,
              null,
              result.referenceRows() - result.referenceNulls(),
              result.currentRows() - result.currentNulls(),
              false,
              null,
              result));
    }
    return Judgement.of(plan, comparisons).results();
  }

  private static JsonNode kind(ResultBuilder measured) {
    JsonNodeFactory json = JsonNodeFactory.instance;
    return json.objectNode().set("oracle", json.objectNode().put("kind", measured.build().type()));
  }

  private static void assertOpen(DriftResult result, String reason) {
    assertThat(result.severity()).isEqualTo("insufficient");
    assertThat(result.overallSeverity()).isEqualTo("insufficient");
    assertThat(result.driftDetected()).isFalse();
    assertThat(result.reason()).isEqualTo("not exact enough: " + reason);
  }

  @Test
  void aPsiThatMayBeAnythingIsNoVerdict() {
    assertOpen(
        judge("", bound(bound(numeric(0, 1), "psi", 230), "psi_p_value", 1)),
        "PSI 0 may be off by 230, psi_p_value 1 may be off by 1, so the severity may be anything"
            + " from none to high");
  }

  @Test
  void aPsiBetweenTwoSeveritiesIsNoVerdict() {
    assertOpen(
        judge("", bound(numeric(0.2, 1e-9), "psi", 0.06)),
        "PSI 0.2 may be off by 0.06, so the severity may be anything from medium to high");
  }

  @Test
  void bothEndsOfOneSeverityCarryIt() {
    ResultBuilder high = bound(bound(numeric(1.2, 1e-9), "psi", 0.9), "psi_p_value", 1e-6);
    assertThat(judge("", high).severity()).isEqualTo("high");
    assertThat(judge("", high).reason()).isEqualTo("PSI 1.2 > 0.25");
    assertThat(judge("", bound(numeric(0.2, 1e-9), "psi", 0.04)).severity()).isEqualTo("medium");
    assertThat(judge("", bound(numeric(0.05, 1e-9), "psi", 0.04)).severity()).isEqualTo("none");
  }

  @Test
  void thePValueOfTheGuardMustBeCertainWhereThePsiIsLarge() {
    assertOpen(
        judge("", bound(numeric(0.4, 0.0005), "psi_p_value", 0.01)),
        "psi_p_value 5.0e-04 may be off by 0.01, so the severity may be anything from none to high");
    assertThat(judge("", bound(numeric(0.05, 0.5), "psi_p_value", 1)).severity()).isEqualTo("none");
    assertThat(
            judge("drift: {noise_alpha: 1}", bound(numeric(0.4, 0.0005), "psi_p_value", 1))
                .severity())
        .isEqualTo("high");
    ResultBuilder noise = bound(bound(numeric(0.4, 0.5), "psi", 0.3), "psi_p_value", 0.1);
    assertThat(judge("", noise).severity()).isEqualTo("none");
  }

  @Test
  void aPValueOnBothSidesOfItsThresholdIsNoVerdictUnlessAnotherFigureIsGraver() {
    ResultBuilder open = numeric(0.05, 1e-9);
    open.ksPValue = 0.02;
    assertOpen(
        judge("", bound(open, "ks_p_value", 0.015)),
        "KS p 0.02 may be off by 0.015, so the severity may be anything from none to low");
    open.psi(0.2, 1e-9);
    assertThat(judge("", open).severity()).isEqualTo("medium");
  }

  @Test
  void anExactFigureThatIsAsGraveCarriesTheVerdict() {
    ResultBuilder open = bound(numeric(0.2, 1e-9), "psi", 0.15);
    DriftResult high = judge("drift: {thresholds: {wasserstein: {high: 0.2}}}", open);
    assertThat(high.severity()).isEqualTo("high");
    assertThat(high.reason()).isEqualTo("Wasserstein 0.3 > 0.2");
    assertOpen(
        judge("drift: {thresholds: {wasserstein: {medium: 0.2}}}", open),
        "PSI 0.2 may be off by 0.15, so the severity may be anything from medium to high");
  }

  @Test
  void figuresWithThresholdsOfTheirOwnAreHeldToThem() {
    String quiet = "drift: {thresholds: {%s}}";
    assertOpen(
        judge(
            quiet.formatted("wasserstein: {medium: 0.25}"),
            bound(numeric(0, 1), "wasserstein", 0.1)),
        "Wasserstein 0.3 may be off by 0.1, so the severity may be anything from none to medium");
    assertOpen(
        judge(
            quiet.formatted("ks_statistic: {high: 0.05}"),
            bound(numeric(0, 1), "ks_statistic", 0.1)),
        "KS 0.01 may be off by 0.1, so the severity may be anything from none to high");
    assertOpen(
        judge(
            quiet.formatted("js_distance: {low: 0.06}"), bound(numeric(0, 1), "js_distance", 0.1)),
        "JS distance 0.05 may be off by 0.1, so the severity may be anything from none to low");
    ResultBuilder unasked = bound(bound(numeric(0, 1), "wasserstein", 9), "js_distance", 1);
    assertThat(judge("", bound(unasked, "ks_statistic", 1)).severity()).isEqualTo("none");
  }

  @Test
  void aQValueHasTheRangeOfAllPValuesTogether() {
    ResultBuilder exact = numeric(0, 1);
    exact.ksPValue = 0.004;
    ResultBuilder other = numeric(0, 1);
    other.ksPValue = 0.012;
    String fdr = "drift: {fdr: 0.05}";
    List<DriftResult> both = judgeAll(fdr, exact, other);
    assertThat(both).extracting(DriftResult::severity).containsOnly("low", "none");
    // The q-value of the first, 0.008, is 0.007 where the p-value of the other is below it.
    bound(other, "ks_p_value", 0.006);
    List<DriftResult> open = judgeAll(fdr, exact, other);
    assertThat(open).extracting(DriftResult::severity).contains("low", "insufficient");
    assertThat(open.get(0).qValue()).isCloseTo(0.008, within(1e-12));
    assertThat(open.get(1).reason())
        .startsWith("not exact enough: KS q 0.012 may be off by 0.006, so");
  }

  @Test
  void missingCellsAreJudgedAllTheSameAndBothAreSaid() {
    ResultBuilder open = bound(numeric(0.2, 1e-9), "psi", 0.06);
    open.currentNulls = 500;
    open.missingPValue = 0.0;
    DriftResult result = judge("", open);
    assertThat(result.severity()).isEqualTo("insufficient");
    assertThat(result.overallSeverity()).isEqualTo("high");
    assertThat(result.reason())
        .startsWith("not exact enough: PSI 0.2 may be off by 0.06")
        .endsWith("; missing cells 0.0 % -> 50.0 %, p 0");
  }

  @Test
  void aRunWithoutAVerdictOnAnyFeatureSaysWhy() {
    ResultBuilder open = bound(numeric(0.2, 1e-9), "psi", 0.06);
    DriftPlan plan = VerdictTest.plan("", kind(open));
    open.feature = "f0";
    DatasetVerdict verdict = DatasetVerdict.of(judgeAll("", open), plan.featuresByName(), 0.5);
    assertThat(verdict.drifted()).isFalse();
    assertThat(verdict.text())
        .isEqualTo("no verdict: the severity is insufficient for 1 of 1 features");
  }

  @Test
  void thePsiMayBeNoiseAndTheReasonNamesTheTest() {
    DriftResult none = judge("", numeric(0.31, 0.02));
    assertThat(none.severity()).isEqualTo("none");
    assertThat(none.reason()).isEqualTo("PSI 0.31 may be noise: chi-squared p 0.02 of merged bins");
    assertThat(judge("drift: {fdr: 0.05}", numeric(0.31, 0.02)).reason()).isEqualTo(none.reason());
    // Where the guard takes nothing away, noise is not spoken of.
    assertThat(judge("", numeric(0.05, 0.02)).reason()).isEqualTo("no drift: PSI 0.05");
  }

  @Test
  void noiseIsNamedBesideWhatDecidedInThePlaceOfThePsi() {
    ResultBuilder low = numeric(0.31, 0.02);
    low.ksPValue = 0.004;
    assertThat(judge("", low).severity()).isEqualTo("low");
    assertThat(judge("", low).reason())
        .isEqualTo("KS p 0.004 < 0.01; PSI 0.31 may be noise: chi-squared p 0.02 of merged bins");
    DriftResult asGrave = judge("drift: {thresholds: {wasserstein: {high: 0.2}}}", low);
    assertThat(asGrave.reason()).isEqualTo("Wasserstein 0.3 > 0.2");
    ResultBuilder missing = numeric(0.31, 0.02);
    missing.currentNulls = 500;
    missing.missingPValue = 0.0;
    assertThat(judge("", missing).reason())
        .isEqualTo(
            "PSI 0.31 may be noise: chi-squared p 0.02 of merged bins;"
                + " missing cells 0.0 % -> 50.0 %, p 0");
  }

  @Test
  void newCategoriesAreNoNoiseWhereTheirOwnTestSaysSo() {
    ResultBuilder result = ResultBuilder.of("categorical", 800, 170).psi(0.61, 0.0065);
    result.newCategoryRatio = 16.0 / 170;
    result.newCategoryPValue = 8.7e-13;
    assertThat(judge("", result).severity()).isEqualTo("high");
    assertThat(judge("", result).reason()).isEqualTo("PSI 0.61 > 0.25");
    result.newCategoryPValue = 0.4;
    assertThat(judge("", result).severity()).isEqualTo("none");
    assertThat(judge("", result).reason())
        .isEqualTo(
            "PSI 0.61 may be noise: chi-squared p 0.0065 of merged bins; new categories p 0.4");
    assertThat(judge("drift: {rule: significance}", result).reason()).doesNotContain("noise");
  }
}
