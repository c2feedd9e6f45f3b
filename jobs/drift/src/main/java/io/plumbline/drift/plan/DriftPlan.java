package io.plumbline.drift.plan;

import io.plumbline.runtime.config.DriftConfig;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.config.Thresholds;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that the job needs to know, decided before it starts from the footers of the files: what is
 * compared with what, under which names.
 *
 * @param runId names the run's files in the tables
 * @param scan what is read of both sides
 * @param leftOut columns that are not compared, and why
 * @param only the features to which the run is restricted; empty: it is not
 * @param excluded features that it leaves alone
 * @param thresholds of each feature, those of the suite included
 * @param approximate whether distributions are kept in cells, in bounded memory
 * @param output the folder of the tables
 * @param publishTo the broker whose topics get the results too; null: none
 */
public record DriftPlan(
    String runId,
    String model,
    String modelVersion,
    String referenceName,
    LocalDate date,
    InputFiles reference,
    InputFiles current,
    ScanPlan scan,
    List<LeftOut> leftOut,
    Set<String> only,
    Set<String> excluded,
    DriftConfig rules,
    List<Thresholds> thresholds,
    boolean approximate,
    String output,
    KafkaConfig publishTo)
    implements Serializable {

  /** The job's name in series and tables. */
  public static final String JOB = "drift_nightly";

  /** The model of a run that names none. */
  public static final String NO_MODEL = "default";

  /** The same permutations in every run, so that a rerun says the same. */
  public static final long PERMUTATION_SEED = 20_010_101;

  /** A column that is not compared. */
  public record LeftOut(String column, String reason) implements Serializable {}

  public List<PlannedFeature> features() {
    return scan.features();
  }

  public Segments segments() {
    return scan.segments();
  }

  public Map<String, PlannedFeature> featuresByName() {
    Map<String, PlannedFeature> byName = new HashMap<>();
    features().forEach(feature -> byName.put(feature.name(), feature));
    return byName;
  }

  /** Whether it is said which model the results are of. */
  public boolean namesModel() {
    return !model.equals(NO_MODEL);
  }

  /** Whether the run is not restricted to some features, so that it can speak of the data set. */
  public boolean coversAll() {
    return only.isEmpty();
  }

  /**
   * Whether this run says all that is known of a feature in a segment, so that what an earlier run
   * said and this one does not is out of date.
   *
   * @param feature empty: of the data set
   */
  public boolean covers(String feature, String segment) {
    if (segments().numberOf(segment) == Segments.NONE) {
      return false;
    }
    return feature.isEmpty()
        ? coversAll()
        : (coversAll() || only.contains(feature)) && !excluded.contains(feature);
  }
}
