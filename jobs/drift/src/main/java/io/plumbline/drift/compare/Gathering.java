package io.plumbline.drift.compare;

import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;

/** How the values of a side are gathered. */
interface Gathering {
  /** Up to so many distinct values also an approximate distribution is exact. */
  int APPROXIMATE_LIMIT = 1 << 16;

  /** An empty summary. */
  NumericSummary numbers(NumericDomain domain);

  /** Each value, sorted in this memory, or in files. */
  static Gathering exact(ValueMemory memory) {
    return domain -> NumericSummary.exact(domain, memory);
  }

  /** Counts of values in cells. */
  static Gathering approximate() {
    return domain -> NumericSummary.approximate(domain, APPROXIMATE_LIMIT);
  }

  /** The cells of a profile, as they are. */
  static Gathering stored() {
    return domain -> new NumericSummary(domain, Integer.MAX_VALUE);
  }
}
