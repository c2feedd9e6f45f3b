package io.plumbline.featurehealth.tally;

import io.plumbline.runtime.expectation.CheckedValue;
import io.plumbline.runtime.window.Window;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** What is counted of a model's version in one segment of one window. */
final class SegmentCounts {
  /** Beside the tallies. */
  private static final int BYTES = 150;

  private long predictions;

  /** By the number of the feature; null: it has not come. */
  private FeatureTally[] tallies = new FeatureTally[0];

  /**
   * Adds a prediction, whose values come next.
   *
   * @param features that the model has by now
   * @return by how many bytes of memory it has grown
   */
  int addPrediction(int features) {
    predictions++;
    int more = features - tallies.length;
    if (more <= 0) {
      return 0;
    }
    int grown = (tallies.length == 0 ? BYTES : 0) + Integer.BYTES * more;
    tallies = Arrays.copyOf(tallies, features);
    return grown;
  }

  /**
   * Adds a value of a feature.
   *
   * @param bounds of the expectation that it was held to
   * @return by how many bytes of memory it has grown
   */
  int add(int number, long bounds, CheckedValue value) {
    FeatureTally tally = tallies[number];
    if (tally == null) {
      tallies[number] = new FeatureTally(bounds);
      return FeatureTally.BYTES + tallies[number].add(value);
    }
    return tally.add(value);
  }

  /**
   * Adds the time from a value, which was added, to its use.
   *
   * @return by how many bytes of memory it has grown
   */
  int addAge(int number, long millis) {
    return tallies[number].addAge(millis);
  }

  /**
   * Gives away what was counted, a block for each share of the features.
   *
   * @param segment its text
   */
  void flush(CountedModel of, String segment, Window window, Consumer<FeatureBlock> out) {
    FeatureBlock[] blocks = new FeatureBlock[PredictionFold.BLOCKS];
    List<CountedModel.Feature> features = of.features();
    for (int number = 0; number < features.size(); number++) {
      CountedModel.Feature feature = features.get(number);
      FeatureTally tally = number < tallies.length ? tallies[number] : null;
      if (number < of.expectedFeatures()) {
        tally = tally == null ? new FeatureTally(feature.expected().bounds()) : tally;
        // Without the feature at all, and not as null.
        tally.addMissing(predictions - tally.rows());
      }
      if (tally != null) {
        int block = Math.floorMod(feature.name().hashCode(), PredictionFold.BLOCKS);
        if (blocks[block] == null) {
          blocks[block] = new FeatureBlock(of.model(), of.version(), segment, block, window);
        }
        blocks[block].put(
            feature.name(), new FeatureBlock.Entry(feature.expected(), feature.named(), tally));
      }
    }
    for (FeatureBlock block : blocks) {
      if (block != null) {
        out.accept(block);
      }
    }
  }
}
