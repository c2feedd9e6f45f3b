package io.plumbline.drift.explain;

/**
 * A bin or a category, or what is listed of several categories together, with its share of each
 * side's usable values.
 *
 * @param label the bin's range or value, rounded as far as the feature's bins stay apart; the
 *     category's name as it is in the data; or words for several categories
 * @param reference and {@code current}: how many values
 * @param referenceShare and {@code currentShare}: from 0 to 1; null if that side has no values
 * @param psi what the part adds to the PSI; null where there is no PSI or the part has no bin of
 *     its own in it, as rare categories have not: see {@link Explanation#psiTerms()}
 */
public record Part(
    Kind kind,
    String label,
    long reference,
    long current,
    Double referenceShare,
    Double currentShare,
    Double psi) {

  /** What a part is. */
  public enum Kind {
    /** A range of numbers. */
    BIN,
    /** A single number that is a bin of its own. */
    ATOM,
    CATEGORY,
    /** All categories of the reference that are not listed by name. */
    UNLISTED,
    /** All categories that the reference does not have. */
    NEW
  }

  /** The share gained, negative if lost; 0 if a side has no values. */
  public double change() {
    return referenceShare == null || currentShare == null ? 0 : currentShare - referenceShare;
  }

  /** Whether neither side has a value here. */
  public boolean empty() {
    return reference == 0 && current == 0;
  }
}
