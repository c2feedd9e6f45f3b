package io.plumbline.drift.verdict;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.events.DriftResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether the data set as a whole has drifted.
 *
 * @param overallSeverity the gravest of any feature
 * @param share drifted features among those of role feature whose severity is not insufficient;
 *     without a feature of that role among all that were compared; null if there is none
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
    List<DriftResult> whole =
        results.stream().filter(result -> result.segment().isEmpty()).toList();
    Map<String, Integer> bySeverity = new LinkedHashMap<>();
    for (Severity severity : Severity.values()) {
      bySeverity.put(severity.text(), 0);
    }
    Severity gravest = Severity.NONE;
    for (DriftResult result : whole) {
      Severity overall = Severity.of(result.overallSeverity());
      bySeverity.merge(overall.text(), 1, Integer::sum);
      gravest = gravest.graver(overall);
    }
    List<DriftResult> judged = judged(whole, byName);
    int counted = 0;
    int drifted = 0;
    double weight = 0;
    double driftedWeight = 0;
    for (DriftResult result : judged) {
      if (Severity.of(result.overallSeverity()) == Severity.INSUFFICIENT) {
        continue;
      }
      PlannedFeature feature = byName.get(result.feature());
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
    String names = names(judged, byName);
    String text =
        counted == 0
            ? "no verdict: the severity is insufficient for %1$s of %1$s %2$s"
                .formatted(judged.size(), names)
            : String.format(
                Locale.ROOT,
                "%s: %s of %s %s drifted (share %.2f, %s %.2f), gravest severity %s",
                isDrifted ? "drifted" : "not drifted",
                drifted,
                counted,
                names,
                shareWeighted,
                isDrifted ? "at least" : "below",
                threshold,
                gravest.text());
    return new DatasetVerdict(
        isDrifted, gravest.text(), share, shareWeighted, whole.size(), bySeverity, text);
  }

  /** The inputs of the model; where none was compared, what was is all that there is to judge. */
  private static List<DriftResult> judged(
      List<DriftResult> whole, Map<String, PlannedFeature> byName) {
    List<DriftResult> inputs =
        whole.stream().filter(result -> byName.get(result.feature()).counts()).toList();
    return inputs.isEmpty() ? whole : inputs;
  }

  private static String names(List<DriftResult> judged, Map<String, PlannedFeature> byName) {
    return judged.stream()
        .map(result -> byName.get(result.feature()))
        .map(
            feature ->
                feature.kind() == PlannedFeature.Kind.MULTIVARIATE
                    ? "combinations"
                    : feature.role() + "s")
        .distinct()
        .sorted()
        .collect(Collectors.joining(" and "));
  }
}
