package io.plumbline.drift.scan;

import io.plumbline.stats.Mergeable;
import java.io.IOException;

/** Where a scan leaves the summaries of its feature. */
interface FeatureParts {
  /** A summary of the feature in a segment, not necessarily the only one. */
  void add(int segment, Mergeable<?> summary) throws IOException;

  /** The last summary of the feature in the empty segment, with what was sampled of it. */
  void addLast(Mergeable<?> summary, CellSampler sampler) throws IOException;
}
