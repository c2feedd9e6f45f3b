package io.plumbline.drift.plan;

import io.plumbline.runtime.config.DriftConfig;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.List;

/**
 * All that the job needs to know, decided before it starts from the footers of the files: what is
 * compared with what, under which names.
 *
 * @param runId names the run's files in the tables
 * @param idColumn the column whose values choose the rows of samples; null: their place does
 * @param leftOut columns that are not compared, and why
 * @param coversAll whether no option restricts the features, so that an earlier result of this day
 *     that this run does not have is out of date
 * @param output the folder of the tables
 */
public record DriftPlan(
    String runId,
    String model,
    String modelVersion,
    String referenceName,
    LocalDate date,
    InputFiles reference,
    InputFiles current,
    List<PlannedFeature> features,
    Segments segments,
    String idColumn,
    List<LeftOut> leftOut,
    boolean coversAll,
    DriftConfig rules,
    List<FeatureRules> featureRules,
    String output)
    implements Serializable {

  /** Rows a side of the samples that MMD compares. */
  public static final int SAMPLED_ROWS = 500;

  /** A column that is not compared. */
  public record LeftOut(String column, String reason) implements Serializable {}

  /** The thresholds of one feature, those of the suite included. */
  public record FeatureRules(io.plumbline.runtime.config.Thresholds thresholds)
      implements Serializable {}

  /** The number under which the parts of a feature in a segment are brought together. */
  public int key(int feature, int segment) {
    return feature * segments.size() + segment;
  }

  public PlannedFeature feature(int key) {
    return features.get(key / segments.size());
  }

  public int segment(int key) {
    return key % segments.size();
  }

  public int keys() {
    return features.size() * segments.size();
  }
}
