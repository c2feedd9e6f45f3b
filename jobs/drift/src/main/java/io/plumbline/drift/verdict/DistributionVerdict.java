package io.plumbline.drift.verdict;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.DriftConfig.Rule;
import io.plumbline.runtime.config.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Judges the distribution of one feature: the gravest figure wins. Where the ranges in which the
 * figures lie in truth leave the severity open there is no verdict.
 */
final class DistributionVerdict {
  private final DriftConfig rules;
  private final Comparison comparison;
  private final DriftResult measured;
  private final boolean categorical;
  private final PsiGuard psi;
  private final List<Criterion> criteria = new ArrayList<>();

  private DistributionVerdict(
      DriftConfig rules,
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      FeatureVerdict.Tests tests,
      String symbol) {
    this.rules = rules;
    this.comparison = comparison;
    measured = comparison.measured();
    categorical = feature.kind() == PlannedFeature.Kind.CATEGORICAL;
    psi = new PsiGuard(measured, thresholds.psi(), rules.noiseAlpha());
    addCriteria(thresholds, tests, symbol);
  }

  /**
   * @param symbol of the p-values, or of the q-values in their place
   */
  static Finding of(
      DriftConfig rules,
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      FeatureVerdict.Tests tests,
      String symbol) {
    return new DistributionVerdict(rules, feature, thresholds, comparison, tests, symbol).finding();
  }

  private boolean bySignificance() {
    return categorical && rules.rule() == Rule.SIGNIFICANCE;
  }

  private void addCriteria(Thresholds thresholds, FeatureVerdict.Tests tests, String symbol) {
    if (bySignificance()) {
      criteria.add(Criterion.bySignificance(symbol, tests.p()));
    } else {
      criteria.add(psi.criterion());
      Double low = categorical ? thresholds.chi2PValue().low() : thresholds.ksPValue().low();
      criteria.add(Criterion.byPValue(testName(symbol), tests.p(), low));
    }
    addEffect("KS", "ks_statistic", measured.ksStatistic(), thresholds.ksStatistic());
    addEffect("Wasserstein", "wasserstein", measured.wasserstein(), thresholds.wasserstein());
    addEffect("JS distance", "js_distance", measured.jsDistance(), thresholds.jsDistance());
    addEffect("MMD^2", "mmd2", measured.mmd2(), thresholds.mmd2());
    criteria.add(Criterion.byPValue("MMD " + symbol, tests.mmd(), thresholds.mmdPValue().low()));
  }

  private void addEffect(String name, String metric, Double value, Thresholds.Bounds bounds) {
    criteria.add(Criterion.byEffect(name, Figure.of(measured, metric, value), bounds));
  }

  private String testName(String symbol) {
    if (!categorical) {
      return "KS " + symbol;
    }
    return comparison.chi2Sparse()
        ? "chi-squared " + symbol + " of the pooled table"
        : "chi-squared " + symbol;
  }

  private Finding finding() {
    Severity least = Severity.NONE;
    Severity greatest = Severity.NONE;
    Finding gravest = new Finding(Severity.NONE, "no drift" + quietNumbers());
    for (Criterion criterion : criteria) {
      least = least.graver(criterion.least());
      greatest = greatest.graver(criterion.greatest());
      gravest = gravest.graver(criterion.finding());
    }
    if (least != greatest) {
      return uncertain(least, greatest);
    }
    if (bySignificance() || psi.withheld().compareTo(gravest.severity()) <= 0) {
      return gravest;
    }
    return gravest.severity() == Severity.NONE
        ? new Finding(Severity.NONE, psi.mayBeNoise(), true)
        : new Finding(gravest.severity(), gravest.reason() + "; " + psi.mayBeNoise());
  }

  private String quietNumbers() {
    return measured.psi() == null ? "" : ": PSI " + Words.number(measured.psi());
  }

  /** A figure leaves the severity open if it may make it graver than all are for certain. */
  private Finding uncertain(Severity least, Severity greatest) {
    String figures =
        criteria.stream()
            .filter(criterion -> criterion.greatest().compareTo(least) > 0)
            .map(Criterion::uncertainty)
            .collect(Collectors.joining(", "));
    return new Finding(
        Severity.INSUFFICIENT,
        "not exact enough: %s, so the severity may be anything from %s to %s"
            .formatted(figures, least.text(), greatest.text()),
        true);
  }
}
