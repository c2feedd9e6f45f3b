package io.plumbline.drift;

import java.util.List;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;

/**
 * The numbers of the features, each given to the next task that has nothing to do: one column may
 * take a hundred times as long as another.
 */
final class FeatureSource extends NumberSequenceSource {
  private static final long serialVersionUID = 1;

  /**
   * @param features at least one
   */
  FeatureSource(int features) {
    super(0, features - 1L);
  }

  /** One split for each feature, where the superclass makes one for each task. */
  @Override
  protected List<NumberSequenceSplit> splitNumberRange(long from, long to, int tasks) {
    return super.splitNumberRange(from, to, Math.toIntExact(to - from + 1));
  }
}
