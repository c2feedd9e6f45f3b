package io.plumbline.cli.simulate;

import java.util.stream.IntStream;

/** The model: a logistic regression that is right about the world, but for what it is fed. */
final class CreditModel {
  private static final long REQUESTS = 1;

  /** Deviation of what the model gets wrong by itself, in log odds. */
  private static final double NOISE = 0.3;

  /** A signal cannot say more than this. */
  private static final double STRONGEST = 4;

  private static final double MEDIAN_LATENCY_MILLIS = 12;

  /** The features that say something. */
  private static final int[] WEIGHTED =
      IntStream.range(0, World.FEATURES.size())
          .filter(feature -> World.FEATURES.get(feature).weight() != 0)
          .toArray();

  private final FeatureStore store;
  private final Fault fault;
  private final Draws draws;

  CreditModel(long seed, FeatureStore store, Fault fault) {
    this.store = store;
    this.fault = fault;
    draws = new Draws(seed);
  }

  /** Fills in all but index and offset, which say what is asked. */
  void predict(Prediction prediction) {
    draws.at(REQUESTS, prediction.index, 0);
    prediction.customer = draws.nextLong(World.CUSTOMERS);
    prediction.latencyMillis = MEDIAN_LATENCY_MILLIS * Math.exp(0.4 * draws.nextGaussian());
    for (int job = 0; job < prediction.runs.length; job++) {
      prediction.runs[job] = store.run(job, prediction.offset);
    }
    for (int feature = 0; feature < prediction.values.length; feature++) {
      long run = prediction.runs[World.FEATURES.get(feature).job()];
      prediction.values[feature] =
          store.online(feature, prediction.customer, run, prediction.offset);
    }
    double seen = World.BASE + NOISE * draws.nextGaussian();
    double truth = World.BASE;
    for (int feature : WEIGHTED) {
      double value = prediction.values[feature];
      // The model takes an average customer where it is told nothing.
      double signal = Double.isNaN(value) ? 0 : contribution(feature, value);
      seen += signal;
      truth += isRight(feature, prediction) ? signal : actual(feature, prediction);
    }
    prediction.score = Logistic.probability(seen);
    prediction.probability = Logistic.probability(truth);
  }

  private boolean isRight(int feature, Prediction prediction) {
    return !Double.isNaN(prediction.values[feature])
        && !fault.changes(feature, prediction.offset)
        && !fault.stops(World.FEATURES.get(feature).job());
  }

  private double actual(int feature, Prediction prediction) {
    return contribution(feature, store.actual(feature, prediction.customer, prediction.offset));
  }

  private static double contribution(int feature, double value) {
    SimulatedFeature which = World.FEATURES.get(feature);
    double signal = which.shape().signal(value);
    return which.weight() * Math.max(-STRONGEST, Math.min(STRONGEST, signal));
  }
}
