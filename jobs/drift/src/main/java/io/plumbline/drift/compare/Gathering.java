package io.plumbline.drift.compare;

import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;

/**
 * How the values of a side are gathered.
 *
 * @param memory where exact values are sorted; null: the side is put together of a profile's cells,
 *     which stay as they are
 */
record Gathering(ValueMemory memory) {
  NumericSummary numbers(NumericDomain domain) {
    return memory == null
        ? new NumericSummary(domain, Integer.MAX_VALUE)
        : NumericSummary.exact(domain, memory);
  }
}
