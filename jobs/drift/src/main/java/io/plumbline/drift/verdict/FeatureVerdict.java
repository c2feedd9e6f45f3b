package io.plumbline.drift.verdict;

import io.plumbline.drift.compare.Comparison;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.DriftConfig.Rule;
import io.plumbline.runtime.config.Thresholds;
import io.plumbline.runtime.config.Thresholds.Bounds;
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

  private static final double MISSING_ALPHA = 1e-3;
  private static final double MISSING_HIGH = 0.10;
  private static final double MISSING_MEDIUM = 0.02;
  private static final double SIGNIFICANT_HIGH = 0.001;
  private static final double SIGNIFICANT_MEDIUM = 0.01;
  private static final double SIGNIFICANT_LOW = 0.05;

  private final DriftConfig rules;

  public FeatureVerdict(DriftConfig rules) {
    this.rules = rules;
  }

  /** The p-values that the verdict looks at; NaN where there is none. */
  public record Tests(double p, double mmd) {}

  /** The p-values by which this comparison would be judged, before any correction. */
  public Tests tests(PlannedFeature feature, Comparison comparison) {
    DriftResult measured = comparison.measured();
    if (insufficient(comparison)) {
      return new Tests(Double.NaN, Double.NaN);
    }
    double p =
        switch (feature.kind()) {
          case NUMERIC, EMBEDDING, MULTIVARIATE -> orNan(measured.ksPValue());
          case CATEGORICAL -> categoricalTest(comparison);
        };
    return new Tests(p, orNan(measured.mmdPValue()));
  }

  private double categoricalTest(Comparison comparison) {
    DriftResult measured = comparison.measured();
    if (rules.rule() == Rule.SIGNIFICANCE && comparison.goodnessOfFitPValue() != null) {
      return comparison.goodnessOfFitPValue();
    }
    return orNan(comparison.chi2Sparse() ? measured.psiPValue() : measured.chi2PValue());
  }

  private boolean insufficient(Comparison comparison) {
    return Math.min(comparison.referenceUsable(), comparison.currentUsable()) < rules.minRows();
  }

  private static double orNan(Double value) {
    return value == null ? Double.NaN : value;
  }

  /**
   * The judged result.
   *
   * @param tests the p-values, or the q-values that replace them
   * @param corrected whether they are q-values
   */
  public DriftResult judge(
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      Tests tests,
      boolean corrected) {
    Finding distribution = distribution(feature, thresholds, comparison, tests, corrected);
    Finding missing = missing(feature, comparison);
    Severity missingSeverity = missing == null ? Severity.NONE : missing.severity;
    Severity overall = distribution.severity.graver(missingSeverity);
    boolean detected =
        overall.compareTo(rules.rule() == Rule.SIGNIFICANCE ? Severity.LOW : Severity.MEDIUM) >= 0;
    String reason =
        missingSeverity == Severity.NONE
            ? distribution.reason
            : distribution.severity.compareTo(Severity.LOW) >= 0
                ? distribution.reason + "; " + missing.reason
                : missing.reason;
    if (feature.types() != null && feature.types().converts()) {
      reason += "; " + feature.types().words();
    }
    boolean byMmd =
        feature.kind() == PlannedFeature.Kind.EMBEDDING
            || feature.kind() == PlannedFeature.Kind.MULTIVARIATE;
    double q = byMmd ? tests.mmd : tests.p;
    return comparison
        .measured()
        .judged(
            corrected && !Double.isNaN(q) ? (Double) q : null,
            missing == null ? null : missingSeverity.text(),
            distribution.severity.text(),
            overall.text(),
            detected,
            reason);
  }

  private record Finding(Severity severity, String reason) {
    Finding graver(Finding other) {
      return other.severity.compareTo(severity) > 0 ? other : this;
    }
  }

  private Finding distribution(
      PlannedFeature feature,
      Thresholds thresholds,
      Comparison comparison,
      Tests tests,
      boolean corrected) {
    if (insufficient(comparison)) {
      return new Finding(
          Severity.INSUFFICIENT,
          "%d and %d usable rows; a verdict needs %d on both sides"
              .formatted(
                  comparison.referenceUsable(), comparison.currentUsable(), rules.minRows()));
    }
    DriftResult measured = comparison.measured();
    boolean categorical = feature.kind() == PlannedFeature.Kind.CATEGORICAL;
    boolean significance = categorical && rules.rule() == Rule.SIGNIFICANCE;
    String symbol = corrected ? "q" : "p";
    Finding finding = new Finding(Severity.NONE, "no drift" + quietNumbers(measured));
    if (significance) {
      finding = finding.graver(bySignificance(tests.p, symbol));
    } else {
      finding = finding.graver(byPsi(measured, thresholds.psi()));
      Double low = categorical ? thresholds.chi2PValue().low() : thresholds.ksPValue().low();
      finding = finding.graver(byPValue(testName(comparison, categorical, symbol), tests.p, low));
    }
    finding = finding.graver(byEffect("KS", measured.ksStatistic(), thresholds.ksStatistic()));
    finding =
        finding.graver(byEffect("Wasserstein", measured.wasserstein(), thresholds.wasserstein()));
    finding =
        finding.graver(byEffect("JS distance", measured.jsDistance(), thresholds.jsDistance()));
    finding = finding.graver(byEffect("MMD^2", measured.mmd2(), thresholds.mmd2()));
    return finding.graver(byPValue("MMD " + symbol, tests.mmd, thresholds.mmdPValue().low()));
  }

  private static String testName(Comparison comparison, boolean categorical, String symbol) {
    if (!categorical) {
      return "KS " + symbol;
    }
    return comparison.chi2Sparse()
        ? "chi-squared " + symbol + " of the pooled table"
        : "chi-squared " + symbol;
  }

  private static String quietNumbers(DriftResult measured) {
    return measured.psi() == null ? "" : ": PSI " + number(measured.psi());
  }

  private Finding byPsi(DriftResult measured, Bounds bounds) {
    Finding finding = byEffect("PSI", measured.psi(), bounds);
    boolean guarded = rules.noiseAlpha() < 1 && !(orNan(measured.psiPValue()) < rules.noiseAlpha());
    if (finding.severity == Severity.NONE || !guarded) {
      return finding;
    }
    return new Finding(
        Severity.NONE,
        "PSI %s may be noise: p %s"
            .formatted(number(measured.psi()), number(measured.psiPValue())));
  }

  private static Finding byEffect(String metric, Double value, Bounds bounds) {
    if (value != null) {
      for (Severity level : new Severity[] {Severity.HIGH, Severity.MEDIUM, Severity.LOW}) {
        Double bound =
            level == Severity.HIGH
                ? bounds.high()
                : level == Severity.MEDIUM ? bounds.medium() : bounds.low();
        if (bound != null && value > bound) {
          return new Finding(level, "%s %s > %s".formatted(metric, number(value), number(bound)));
        }
      }
    }
    return new Finding(Severity.NONE, "");
  }

  private static Finding byPValue(String test, double p, Double low) {
    return low != null && p < low
        ? new Finding(Severity.LOW, "%s %s < %s".formatted(test, number(p), number(low)))
        : new Finding(Severity.NONE, "");
  }

  private static Finding bySignificance(double p, String symbol) {
    double bound = Double.NaN;
    Severity severity = Severity.NONE;
    if (p < SIGNIFICANT_HIGH) {
      severity = Severity.HIGH;
      bound = SIGNIFICANT_HIGH;
    } else if (p < SIGNIFICANT_MEDIUM) {
      severity = Severity.MEDIUM;
      bound = SIGNIFICANT_MEDIUM;
    } else if (p < SIGNIFICANT_LOW) {
      severity = Severity.LOW;
      bound = SIGNIFICANT_LOW;
    }
    return new Finding(
        severity, "goodness of fit %s %s < %s".formatted(symbol, number(p), number(bound)));
  }

  /** Null where a side has no rows, so that there is nothing to compare. */
  private static Finding missing(PlannedFeature feature, Comparison comparison) {
    DriftResult measured = comparison.measured();
    if (!feature.inCurrent()) {
      return new Finding(
          Severity.HIGH, MISSING_COLUMN + "only the reference has column " + feature.name());
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
                allMissing ? "all_missing: " : "",
                percent(comparison.referenceUsable(), measured.referenceRows()),
                percent(comparison.currentUsable(), measured.currentRows()),
                number(measured.missingPValue())));
  }

  private static String percent(long usable, long rows) {
    return String.format(Locale.ROOT, "%.1f %%", 100.0 * (rows - usable) / rows);
  }

  /** Four digits are enough for words; the fields have them all. */
  static String number(double value) {
    if (value == 0) {
      return "0";
    }
    double magnitude = Math.abs(value);
    return magnitude >= 1e-3 && magnitude < 1e6
        ? new java.math.BigDecimal(value, new java.math.MathContext(4))
            .stripTrailingZeros()
            .toPlainString()
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
