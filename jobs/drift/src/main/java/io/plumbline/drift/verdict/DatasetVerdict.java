package io.plumbline.drift.verdict;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether the data set as a whole has drifted.
 *
 * @param overallSeverity the gravest of any feature
 * @param share drifted features among those that count; null if none counts
 * @param shareWeighted the same by importance
 * @param features features in the verdict's table, without segments
 * @param bySeverity how many of them have each overall severity
 * @param text the verdict in one line
 */
public record DatasetVerdict(
    boolean drifted,
    String overallSeverity,
    Double share,
    Double shareWeighted,
    int features,
    Map<String, Integer> bySeverity,
    String text) {

  /**
   * @param results those of all features and segments
   * @param byName the planned features
   * @param threshold the weighted share from which the data set has drifted
   */
  public static DatasetVerdict of(
      List<DriftResult> results, Map<String, PlannedFeature> byName, double threshold) {
    Map<String, Integer> bySeverity = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity.text(), 0);
    }
    Severity gravest = Severity.NONE;
    int features = 0;
    int counted = 0;
    int drifted = 0;
    double weight = 0;
    double driftedWeight = 0;
    for (DriftResult result : results) {
      if (!result.segment().isEmpty()) {
        continue;
      }
      features++;
      Severity overall = Severity.of(result.overallSeverity());
      bySeverity.merge(overall.text(), 1, Integer::sum);
      gravest = gravest.graver(overall);
      PlannedFeature feature = byName.get(result.feature());
      if (!feature.counts() || overall == Severity.INSUFFICIENT) {
        continue;
      }
      double importance = feature.importance() == null ? 1 : feature.importance();
      counted++;
      weight += importance;
      if (result.driftDetected()) {
        drifted++;
        driftedWeight += importance;
      }
    }
    Double share = counted == 0 ? null : (Double) ((double) drifted / counted);
    Double shareWeighted = weight == 0 ? share : (Double) (driftedWeight / weight);
    boolean isDrifted = shareWeighted != null && shareWeighted >= threshold;
    return new DatasetVerdict(
        isDrifted,
        gravest.text(),
        share,
        shareWeighted,
        features,
        bySeverity,
        text(isDrifted, drifted, counted, shareWeighted, gravest, threshold));
  }

  private static String text(
      boolean isDrifted,
      int drifted,
      int counted,
      Double shareWeighted,
      Severity gravest,
      double threshold) {
    if (counted == 0) {
      return "no verdict: no feature has enough rows and figures that are exact enough";
    }
    return String.format(
        Locale.ROOT,
        "%s: %d of %d features drifted (share %.2f, %s %.2f), gravest severity %s",
        isDrifted ? "drifted" : "not drifted",
        drifted,
        counted,
        shareWeighted,
        isDrifted ? "at least" : "below",
        threshold,
        gravest.text());
  }
}
