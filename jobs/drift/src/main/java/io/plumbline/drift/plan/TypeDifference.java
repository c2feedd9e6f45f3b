package io.plumbline.drift.plan;

import java.io.Serializable;

/**
 * How the types of a compared column differ between files, or why a column is not read of which
 * only the values that are gone are a finding.
 *
 * @param words the types and their files; where values are converted, into what
 * @param converts whether all values are compared all the same
 * @param referenceIsOne whether the reference's files have one type, or types that convert
 * @param valuesGone whether no cell is read, and the current side has no value where the reference
 *     has some
 */
public record TypeDifference(
    String words, boolean converts, boolean referenceIsOne, boolean valuesGone)
    implements Serializable {

  /** Of a column that is not compared: it, or all of its values, are gone. */
  static TypeDifference gone(String words) {
    return new TypeDifference(words, false, false, true);
  }
}
