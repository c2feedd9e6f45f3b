package io.plumbline.drift.compare;

import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;

/** How the values of a side are gathered. */
interface Gathering {
  /** In all rows; a segment gets less memory. */
  int BITS = 20;

  int BITS_OF_A_SEGMENT = 16;

  /** An empty summary of a segment. */
  NumericSummary numbers(NumericDomain domain, int segment);

  /** Each value, sorted in this memory, or in files. */
  static Gathering exact(ValueMemory memory) {
    return (domain, segment) -> NumericSummary.exact(domain, memory);
  }

  /** Counts of values that agree in their leading bits. */
  static Gathering approximate() {
    return (domain, segment) ->
        NumericSummary.approximate(domain, segment == 0 ? BITS : BITS_OF_A_SEGMENT);
  }

  /** The cells of a profile, as they are. */
  static Gathering stored() {
    return (domain, segment) -> new NumericSummary(domain, Integer.MAX_VALUE);
  }
}
