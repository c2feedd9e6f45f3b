package io.plumbline.drift.compare;

import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;

/** How the values of a side are gathered. */
interface Gathering {
  /** Sign, exponent, and eight bits of the fraction: cells of less than half a percent. */
  int APPROXIMATE_BITS = 20;

  /** An empty summary. */
  NumericSummary numbers(NumericDomain domain);

  /** Each value, sorted in this memory, or in files. */
  static Gathering exact(ValueMemory memory) {
    return domain -> NumericSummary.exact(domain, memory);
  }

  /** Counts of values that agree in their leading bits. */
  static Gathering approximate() {
    return domain -> NumericSummary.approximate(domain, APPROXIMATE_BITS);
  }

  /** The cells of a profile, as they are. */
  static Gathering stored() {
    return domain -> new NumericSummary(domain, Integer.MAX_VALUE);
  }
}
