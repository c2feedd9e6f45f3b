package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * The bins of a reference and how many of its values are in each: all that a comparison by bins
 * needs of it. It stays exact when the values themselves are no longer at hand.
 */
public final class BinnedReference {
  private final Bins bins;
  private final long[] counts;
  private final long[] least;
  private final long[] greatest;
  private final boolean exact;

  private BinnedReference(Bins bins, long[] counts, long[] least, long[] greatest, boolean exact) {
    this.bins = bins;
    this.counts = counts;
    this.least = least;
    this.greatest = greatest;
    this.exact = exact;
  }

  /** The values of a reference in its bins. */
  public static BinnedReference of(Bins bins, Distribution reference) {
    long[] counts = bins.count(reference);
    return reference.exact()
        ? of(bins, counts)
        : new BinnedReference(
            bins, counts, bins.leastCount(reference), bins.greatestCount(reference), false);
  }

  /**
   * What is known exactly.
   *
   * @param counts of each bin
   */
  public static BinnedReference of(Bins bins, long[] counts) {
    if (counts.length != bins.size()) {
      throw new IllegalArgumentException(
          "%s counts for %s bins".formatted(counts.length, bins.size()));
    }
    return new BinnedReference(bins, counts, counts, counts, true);
  }

  public Bins bins() {
    return bins;
  }

  /** The values in each bin. */
  public long[] counts() {
    return counts.clone();
  }

  /** Whether bins and counts are known exactly. */
  public boolean exact() {
    return exact;
  }

  long total() {
    return Arrays.stream(counts).sum();
  }

  /** The least that each bin can hold. */
  long[] least() {
    return least;
  }

  /** The most that each bin can hold. */
  long[] greatest() {
    return greatest;
  }
}
