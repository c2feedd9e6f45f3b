package io.plumbline.drift.plan;

import java.io.Serializable;
import java.util.List;

/**
 * What is read of an input, and under which numbers its parts come together.
 *
 * @param features in the order of their index
 * @param idColumn the column whose values choose the rows of samples; null: their place does
 * @param samplesRows whether the cells of the same sampled rows are read of every feature, beside
 *     the samples of vectors
 */
public record ScanPlan(
    List<PlannedFeature> features, Segments segments, String idColumn, boolean samplesRows)
    implements Serializable {

  /** Vectors of a side's samples. */
  public static final int SAMPLED_ROWS = 500;

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
}
