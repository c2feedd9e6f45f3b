package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.io.IOException;

/**
 * The summaries of one feature of one side, in each segment, to which a scan adds cells; the kind
 * of the feature says of which kind they are. They are asked for again with each batch of cells, as
 * a full one may have been sent on.
 */
public interface FeatureSummaries {
  NumericSummary numbers(int segment) throws IOException;

  CategoryCounts categories(int segment) throws IOException;

  VectorSummary vectors(int segment) throws IOException;

  /** Takes the cells of the sampled rows of a row group. */
  void sampled(SampledCells cells) throws IOException;
}
