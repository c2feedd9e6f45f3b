package io.plumbline.drift.explain;

import io.plumbline.drift.verdict.FeatureVerdict;
import io.plumbline.events.DriftResult;

/** Whether there is enough on both sides to speak of a change. */
enum Comparability {
  /** Only the reference has the column. */
  NO_COLUMN,
  /** The types of the column allow no comparison. */
  OTHER_TYPE,
  /** A side has no usable value. */
  EMPTY_SIDE,
  /** A side has fewer usable values than a verdict needs. */
  TOO_FEW,
  ENOUGH;

  static Comparability of(DriftResult result, long minRows) {
    if (result.reason() != null && result.reason().startsWith(FeatureVerdict.MISSING_COLUMN)) {
      return NO_COLUMN;
    }
    if (result.reason() != null && result.reason().startsWith(FeatureVerdict.TYPE_CHANGED)) {
      return OTHER_TYPE;
    }
    long fewer = Math.min(referenceUsable(result), currentUsable(result));
    if (fewer == 0) {
      return EMPTY_SIDE;
    }
    return fewer < minRows ? TOO_FEW : ENOUGH;
  }

  static long referenceUsable(DriftResult result) {
    return result.referenceRows() - result.referenceNulls() - result.referenceInfinities();
  }

  static long currentUsable(DriftResult result) {
    return result.currentRows() - result.currentNulls() - result.currentInfinities();
  }
}
