package io.plumbline.cli.simulate;

import java.util.stream.IntStream;

/**
 * The model: a logistic regression that is right about the world, but for what it is fed and for
 * the noise of each version.
 */
final class CreditModel {
  private static final long REQUESTS = 1;

  /** By version. */
  private static final long REPLIES = 100;

  /** The noise of a version that got worse. */
  private static final double WORSE_NOISE = 2;

  /** Share of answers that are errors. */
  static final double ERRORS = 0.005;

  /** When an error is told. */
  static final double TIMEOUT_MILLIS = 250;

  /** A signal cannot say more than this. */
  private static final double STRONGEST = 4;

  /** Deviation of the latencies' logarithms. */
  private static final double LATENCY_SPREAD = 0.4;

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
    for (int job = 0; job < prediction.runs.length; job++) {
      prediction.runs[job] = store.run(job, prediction.offset);
    }
    for (int feature = 0; feature < prediction.values.length; feature++) {
      long run = prediction.runs[World.FEATURES.get(feature).job()];
      prediction.values[feature] =
          store.online(feature, prediction.customer, run, prediction.offset);
    }
    double seen = World.BASE;
    double truth = World.BASE;
    for (int feature : WEIGHTED) {
      double value = prediction.values[feature];
      // The model takes an average customer where it is told nothing.
      double signal = Double.isNaN(value) ? 0 : contribution(feature, value);
      seen += signal;
      truth += isRight(feature, prediction) ? signal : actual(feature, prediction);
    }
    prediction.probability = Logistic.probability(truth);
    for (int version = 0; version < World.VERSIONS.size(); version++) {
      reply(version, prediction, seen);
    }
  }

  private void reply(int version, Prediction prediction, double seen) {
    SimulatedVersion which = World.VERSIONS.get(version);
    Reply reply = prediction.replies.get(version);
    draws.at(REPLIES + version, prediction.index, 0);
    double noise = fault.worsens(version, prediction.offset) ? WORSE_NOISE : which.noise();
    reply.score = Logistic.probability(seen + noise * draws.nextGaussian());
    double latency = which.medianLatencyMillis() * Math.exp(LATENCY_SPREAD * draws.nextGaussian());
    reply.failed = draws.nextDouble() < ERRORS;
    reply.latencyMillis = reply.failed ? TIMEOUT_MILLIS : latency;
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
