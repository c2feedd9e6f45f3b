package io.plumbline.stats.category;

import java.util.Arrays;

/**
 * The categories of both sides beside each other, in the order of their code points, and how they
 * are put together for PSI.
 *
 * <p>For PSI each category with at least 1e-3 of the reference is a bin, the rarer ones together
 * are one, and all that the reference has never seen are one.
 */
public final class CategoryTable {
  /** The share of the reference below which a category is rare. */
  public static final double RARE = 1e-3;

  private final CategoryCounts referenceCounts;
  private final CategoryCounts currentCounts;
  private final int[] referenceEntry;
  private final int[] currentEntry;
  private final long[] reference;
  private final long[] current;

  private CategoryTable(CategoryCounts referenceCounts, CategoryCounts currentCounts) {
    this.referenceCounts = referenceCounts;
    this.currentCounts = currentCounts;
    int[] inReference = referenceCounts.sorted();
    int[] inCurrent = currentCounts.sorted();
    int most = inReference.length + inCurrent.length;
    int[] first = new int[most];
    int[] second = new int[most];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < inReference.length || j < inCurrent.length) {
      int order =
          i == inReference.length
              ? 1
              : j == inCurrent.length
                  ? -1
                  : referenceCounts.compare(inReference[i], currentCounts, inCurrent[j]);
      first[size] = order <= 0 ? inReference[i++] : -1;
      second[size++] = order >= 0 ? inCurrent[j++] : -1;
    }
    referenceEntry = Arrays.copyOf(first, size);
    currentEntry = Arrays.copyOf(second, size);
    reference = new long[size];
    current = new long[size];
    for (int k = 0; k < size; k++) {
      reference[k] = first[k] < 0 ? 0 : referenceCounts.count(first[k]);
      current[k] = second[k] < 0 ? 0 : currentCounts.count(second[k]);
    }
  }

  public static CategoryTable of(CategoryCounts reference, CategoryCounts current) {
    return new CategoryTable(reference, current);
  }

  /** The number of categories that either side has. */
  public int size() {
    return reference.length;
  }

  public String name(int category) {
    return referenceEntry[category] >= 0
        ? referenceCounts.name(referenceEntry[category])
        : currentCounts.name(currentEntry[category]);
  }

  /** Counts by category, code-point order. */
  public long[] reference() {
    return reference.clone();
  }

  /** Counts by category, code-point order. */
  public long[] current() {
    return current.clone();
  }

  /** The share of the current side's categories that the reference does not have; NaN if empty. */
  public double newCategoryRatio() {
    long unseen = 0;
    for (int k = 0; k < reference.length; k++) {
      unseen += reference[k] == 0 ? current[k] : 0;
    }
    return currentCounts.usable() == 0 ? Double.NaN : (double) unseen / currentCounts.usable();
  }

  private boolean head(int category) {
    return (double) reference[category] / referenceCounts.usable() >= RARE;
  }

  /** The two sides' counts in the bins of PSI. */
  public Grouped grouped() {
    long[] ofReference = new long[reference.length + 2];
    long[] ofCurrent = new long[reference.length + 2];
    int bins = 0;
    long rareReference = 0;
    long rareCurrent = 0;
    long unseen = 0;
    for (int k = 0; k < reference.length; k++) {
      if (reference[k] == 0) {
        unseen += current[k];
      } else if (head(k)) {
        ofReference[bins] = reference[k];
        ofCurrent[bins++] = current[k];
      } else {
        rareReference += reference[k];
        rareCurrent += current[k];
      }
    }
    if (rareReference > 0) {
      ofReference[bins] = rareReference;
      ofCurrent[bins++] = rareCurrent;
    }
    if (unseen > 0) {
      ofCurrent[bins++] = unseen;
    }
    return new Grouped(Arrays.copyOf(ofReference, bins), Arrays.copyOf(ofCurrent, bins));
  }

  /** Counts by bin: the frequent categories in order, then the rare, then the unseen, if any. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Grouped(long[] reference, long[] current) {}
}
