package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureNames;

/**
 * What a model's version makes of a list of names.
 *
 * @param numbers of the features, in the list's order
 * @param ofColumns for each of the version's segment columns the place in the list of the feature
 *     of its name, or {@link #NOWHERE}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FeaturePlaces(int[] numbers, int[] ofColumns) {
  static final int NOWHERE = -1;

  /** Of this and its arrays, beside their elements. */
  private static final int BYTES = 64;

  /** About how many bytes of memory it takes with the names. */
  long bytesWith(FeatureNames names) {
    return BYTES + names.bytes() + (long) Integer.BYTES * (numbers.length + ofColumns.length);
  }
}
