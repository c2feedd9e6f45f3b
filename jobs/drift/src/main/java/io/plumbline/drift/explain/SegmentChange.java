package io.plumbline.drift.explain;

import io.plumbline.events.Segment;

/**
 * What a segment has to do with the change of the whole.
 *
 * @param segment the text of a {@link Segment}
 * @param referenceRows and {@code currentRows}: its share of the whole's rows, from 0 to 1
 * @param effect PSI within the segment, or squared MMD where there is no PSI; null: not measured
 * @param enough whether both sides have enough values for a verdict
 * @param beyondNoise whether noise alone is no explanation of the effect
 * @param drifted whether the segment by itself has drifted
 * @param carried its part of the change, from 0 to 1: share of the current rows times effect,
 *     relative to the sum of that over the column's segments; 0 where noise could be all
 * @param missing what it adds to the whole's share of missing cells; over the segments of a column
 *     the sum is the whole's change
 */
public record SegmentChange(
    String segment,
    double referenceRows,
    double currentRows,
    Double effect,
    boolean enough,
    boolean beyondNoise,
    boolean drifted,
    double carried,
    double missing) {

  /** The column by which the rows are divided. */
  public String column() {
    return Segment.parse(segment).column();
  }
}
