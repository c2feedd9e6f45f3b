package io.plumbline.cli.simulate;

import java.util.List;

/** A request and what the versions make of it; the same object is filled again for the next. */
final class Prediction {
  /** From 0. */
  long index;

  /** Nanoseconds since the start. */
  long offset;

  long customer;

  /** By feature; {@link FeatureStore#NULL} for none, a category's index for categories. */
  final double[] values = new double[World.FEATURES.size()];

  /** By job: the run that the values are from. */
  final long[] runs = new long[World.JOBS.size()];

  /** Probability of the positive class, in truth. */
  double probability;

  /** By version. */
  final List<Reply> replies = World.VERSIONS.stream().map(version -> new Reply()).toList();
}
