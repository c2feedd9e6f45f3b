package io.plumbline.drift.scan;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.plan.ScanPlan;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.RowSample;
import io.plumbline.stats.sample.VectorSummary;

/** How vectors are summarised. */
public final class VectorSummaries {
  /** The norms of mixed units mean nothing, so that they need no exact distribution. */
  private static final int NORMS_OF_COLUMNS = 2;

  private VectorSummaries() {}

  /** With norms that are sorted when they are put together. */
  static VectorSummary of(PlannedFeature feature, int segment) {
    return of(
        feature, segment, new NumericSummary(NumericDomain.doubles(), ProfileFormat.UNSORTED));
  }

  /**
   * @param norms for embeddings, whose components share a unit
   */
  public static VectorSummary of(PlannedFeature feature, int segment, NumericSummary norms) {
    boolean embedding = feature.kind() == PlannedFeature.Kind.EMBEDDING;
    return VectorSummary.of(
        embedding ? norms : new NumericSummary(NumericDomain.doubles(), NORMS_OF_COLUMNS),
        new RowSample(feature.samplesIn(segment) ? ScanPlan.SAMPLED_ROWS : 0));
  }
}
