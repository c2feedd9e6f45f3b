package io.plumbline.drift.table;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.verdict.DatasetVerdict;
import io.plumbline.drift.verdict.Severity;
import io.plumbline.events.DriftResult;
import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.result.Measured;
import io.plumbline.runtime.result.PointScope;
import io.plumbline.runtime.result.Points;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The metric points of a run: one for each number of each result. */
final class MetricPoints {
  private static final String LAYER = "data";

  private final Instant computedAt;
  private final List<MetricPoint> points = new ArrayList<>();

  private MetricPoints(Instant computedAt) {
    this.computedAt = computedAt;
  }

  /**
   * @param verdict null leaves out the share of drifted features: a run over some features does not
   *     know it
   */
  static List<MetricPoint> of(
      DriftPlan plan, List<DriftResult> results, DatasetVerdict verdict, Instant computedAt) {
    MetricPoints points = new MetricPoints(computedAt);
    results.forEach(points::add);
    if (verdict != null && verdict.shareWeighted() != null && !results.isEmpty()) {
      DriftResult any = results.get(0);
      points.add("drifted_feature_ratio", verdict.share(), 0, plan.current().rows(), any, "", "");
    }
    return points.points;
  }

  private void add(DriftResult result) {
    long usable = result.currentRows() - result.currentNulls() - result.currentInfinities();
    add("psi", result.psi(), usable, result);
    add("psi_p_value", result.psiPValue(), usable, result);
    add("ks_statistic", result.ksStatistic(), usable, result);
    add("ks_p_value", result.ksPValue(), usable, result);
    add("chi2_statistic", result.chi2Statistic(), usable, result);
    add("chi2_p_value", result.chi2PValue(), usable, result);
    add("wasserstein", result.wasserstein(), usable, result);
    add("js_distance", result.jsDistance(), usable, result);
    add("mmd2", result.mmd2(), usable, result);
    add("mmd_p_value", result.mmdPValue(), usable, result);
    add("new_category_ratio", result.newCategoryRatio(), usable, result);
    add("new_category_p_value", result.newCategoryPValue(), usable, result);
    add("missing_ratio_difference", result.missingRatioDifference(), result.currentRows(), result);
    double severity = Severity.of(result.overallSeverity()).number();
    add("drift_severity", Double.isNaN(severity) ? null : severity, usable, result);
  }

  private void add(String metric, Double value, long count, DriftResult of) {
    double bound = of.bounds().getOrDefault(metric, 0.0);
    add(metric, value, bound, count, of, of.feature(), of.segment());
  }

  private void add(
      String metric,
      Double value,
      double bound,
      long count,
      DriftResult of,
      String feature,
      String segment) {
    if (value == null) {
      return;
    }
    PointScope scope =
        new PointScope(
            of.job(),
            LAYER,
            of.model(),
            of.modelVersion(),
            segment,
            of.windowStart(),
            of.windowEnd());
    new Points(scope, true, computedAt, points::add)
        .point(
            metric,
            feature,
            Map.of("reference", of.reference()),
            Measured.exact(value, count).within(bound));
  }
}
