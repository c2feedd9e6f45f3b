package io.plumbline.cli.simulate;

import io.plumbline.cli.simulate.Shape.Categories;
import java.util.Set;

/**
 * A feature of the simulated world.
 *
 * @param job index of the job that makes it
 * @param weight of its signal in the log odds of the positive class; 0: says nothing
 */
record SimulatedFeature(
    String name, int job, Shape shape, double weight, String computation, Set<Trait> traits) {

  /** What a feature may be besides. */
  enum Trait {
    /** It stays with the customer for good; otherwise each run of the job gives a new value. */
    LASTING,
    /** Some of its values are null when nothing is wrong. */
    NULLABLE,
    /** Training's values of it come as well, for comparison with serving's. */
    OFFLINE
  }

  boolean is(Trait trait) {
    return traits.contains(trait);
  }

  boolean isCategorical() {
    return shape instanceof Categories;
  }

  /** The share of values that are null when nothing is wrong. */
  double nullShare() {
    return is(Trait.NULLABLE) ? 0.02 : 0;
  }

  /**
   * What a monitor may take for normal: well above the true share, so that chance does not pass.
   */
  double nullThreshold() {
    return is(Trait.NULLABLE) ? 0.1 : 0.01;
  }
}
