package io.plumbline.drift.verdict;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.DriftConfig.Rule;
import io.plumbline.runtime.config.Thresholds;
import java.util.Locale;

/**
 * Judges what was measured of one feature in one segment. Effect size decides first, p-values only
 * between none and low, unless the rule is {@code significance}; missing cells are judged by
 * themselves, and the graver of the two is the overall severity.
 */
public final class FeatureVerdict {
  /** How the reason begins where only the reference has the column. */
  public static final String MISSING_COLUMN = "missing_column: ";

  /** How the reason begins where the values of the sides have types that allow no comparison. */
  public static final String TYPE_CHANGED = "type_changed: ";

  private static final String ALL_MISSING = "all_missing: ";
  private static final double MISSING_ALPHA = 1e-3;
  private static final double MISSING_HIGH = 0.10;
  private static final double MISSING_MEDIUM = 0.02;

  private final DriftConfig rules;

  public FeatureVerdict(DriftConfig rules) {
    this.rules = rules;
  }

  /** The p-values that the verdict looks at. */
  record Tests(Figure p, Figure mmd) {}

  /** The p-values by which this comparison would be judged, before any correction. */
  Tests tests(PlannedFeature feature, Comparison comparison) {
    if (insufficient(comparison)) {
      return new Tests(Figure.NONE, Figure.NONE);
    }
    DriftResult measured = comparison.measured();
    Figure p =
        switch (feature.kind()) {
          case NUMERIC, EMBEDDING, MULTIVARIATE ->
              Figure.ofPValue(measured, "ks_p_value", measured.ksPValue());
          case CATEGORICAL -> categoricalTest(comparison);
        };
    return new Tests(p, Figure.ofPValue(measured, "mmd_p_value", measured.mmdPValue()));
  }

  private Figure categoricalTest(Comparison comparison) {
    DriftResult measured = comparison.measured();
    if (rules.rule() == Rule.SIGNIFICANCE && comparison.goodnessOfFitPValue() != null) {
      return Figure.exact(comparison.goodnessOfFitPValue());
    }
    return comparison.chi2Sparse()
        ? Figure.ofPValue(measured, "psi_p_value", measured.psiPValue())
        : Figure.ofPValue(measured, "chi2_p_value", measured.chi2PValue());
  }

  private boolean insufficient(Comparison comparison) {
    return Math.min(comparison.referenceUsable(), comparison.currentUsable()) < rules.minRows();
  }

  /**
   * The judged result.
   *
   * @param tests the p-values, or the q-values that replace them
   * @param corrected whether they are q-values
   */
  DriftResult judge(
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      Tests tests,
      boolean corrected) {
    Finding distribution = distribution(feature, thresholds, comparison, tests, corrected);
    Finding missing = missing(feature, comparison);
    Severity missingSeverity = missing == null ? Severity.NONE : missing.severity();
    Severity overall = distribution.severity().graver(missingSeverity);
    boolean detected =
        overall.compareTo(rules.rule() == Rule.SIGNIFICANCE ? Severity.LOW : Severity.MEDIUM) >= 0;
    String reason = reason(comparison, distribution, missing);
    if (feature.types() != null && feature.types().converts()) {
      reason += "; " + feature.types().words();
    }
    boolean byMmd =
        feature.kind() == PlannedFeature.Kind.EMBEDDING
            || feature.kind() == PlannedFeature.Kind.MULTIVARIATE;
    double q = (byMmd ? tests.mmd : tests.p).value();
    return comparison
        .measured()
        .judged(
            corrected && !Double.isNaN(q) ? (Double) q : null,
            missing == null ? null : missingSeverity.text(),
            distribution.severity().text(),
            overall.text(),
            detected,
            reason);
  }

  /** Whether so many cells are missing, or fewer than before, that it is a finding. */
  boolean missesCells(PlannedFeature feature, Comparison comparison) {
    Finding missing = missing(feature, comparison);
    return missing != null && missing.severity().compareTo(Severity.MEDIUM) >= 0;
  }

  private static String reason(Comparison comparison, Finding distribution, Finding missing) {
    if (missing == null || missing.severity() == Severity.NONE) {
      return distribution.reason();
    }
    if (comparison.leftOut() != null) {
      return missing.reason() + "; " + distribution.reason();
    }
    return distribution.notable()
        ? distribution.reason() + "; " + missing.reason()
        : missing.reason();
  }

  private Finding distribution(
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      Tests tests,
      boolean corrected) {
    if (comparison.leftOut() != null) {
      return new Finding(
          Severity.INSUFFICIENT, comparison.leftOut() + "; its values are not compared");
    }
    if (insufficient(comparison)) {
      return new Finding(
          Severity.INSUFFICIENT,
          "%s and %s usable rows; a verdict needs %s on both sides"
              .formatted(
                  comparison.referenceUsable(), comparison.currentUsable(), rules.minRows()));
    }
    return DistributionVerdict.of(
        rules, feature, thresholds, comparison, tests, corrected ? "q" : "p");
  }

  /** Null where a side has no rows, so that there is nothing to compare. */
  private static Finding missing(PlannedFeature feature, Comparison comparison) {
    DriftResult measured = comparison.measured();
    if (!feature.inCurrent()) {
      return new Finding(
          Severity.HIGH, MISSING_COLUMN + "only the reference has column " + feature.name());
    }
    if (feature.types() != null && feature.types().valuesGone()) {
      return new Finding(
          Severity.HIGH, ALL_MISSING + "the current side has no value; " + feature.types().words());
    }
    String types = feature.typeChanged() ? feature.types().words() : comparison.typeChange();
    if (types != null) {
      return new Finding(Severity.HIGH, TYPE_CHANGED + types);
    }
    if (measured.missingPValue() == null) {
      return null;
    }
    double change = measured.missingRatioDifference();
    boolean allMissing = comparison.currentUsable() == 0 && comparison.referenceUsable() > 0;
    Severity severity =
        !(measured.missingPValue() < MISSING_ALPHA)
            ? Severity.NONE
            : allMissing || Math.abs(change) >= MISSING_HIGH
                ? Severity.HIGH
                : Math.abs(change) >= MISSING_MEDIUM ? Severity.MEDIUM : Severity.NONE;
    return new Finding(
        severity,
        "%smissing cells %s -> %s, p %s"
            .formatted(
                allMissing ? ALL_MISSING : "",
                percent(comparison.referenceUsable(), measured.referenceRows()),
                percent(comparison.currentUsable(), measured.currentRows()),
                Words.number(measured.missingPValue())));
  }

  private static String percent(long usable, long rows) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * (rows - usable) / rows);
  }
}
