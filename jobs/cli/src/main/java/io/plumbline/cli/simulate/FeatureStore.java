package io.plumbline.cli.simulate;

import io.plumbline.cli.simulate.Shape.Numeric;
import io.plumbline.cli.simulate.SimulatedFeature.Trait;

/**
 * The value of each feature for each customer, as each run of its job left it. Nothing is kept: a
 * value is a function of seed, feature, customer and run, and of the fault.
 */
final class FeatureStore {
  /** What stands for a value that is null. */
  static final double NULL = Double.NaN;

  private static final long VALUES = 1000;

  private final Draws draws;
  private final Fault fault;

  FeatureStore(long seed, Fault fault) {
    draws = new Draws(seed);
    this.fault = fault;
  }

  /** The last run of a job at a time, from 0; a job that a fault stopped runs no more. */
  long run(int job, long offset) {
    long at = fault.stops(job) && fault.hasBegun(offset) ? fault.after().toNanos() - 1 : offset;
    return Math.max(0, at / World.JOBS.get(job).every().toNanos());
  }

  /** When a run was, in nanoseconds since the start. */
  static long at(int job, long run) {
    return run * World.JOBS.get(job).every().toNanos();
  }

  /** What serving gets at a time, with whatever is wrong; {@link #NULL} for none. */
  double online(int feature, long customer, long run, long offset) {
    return value(feature, customer, run, offset, true);
  }

  /** What training will get for the same moment; {@link #NULL} for none. */
  double offline(int feature, long customer, long run, long offset) {
    return value(feature, customer, run, offset, false);
  }

  /** What is true, whether somebody recorded it or not. Never null. */
  double actual(int feature, long customer, long offset) {
    SimulatedFeature which = World.FEATURES.get(feature);
    long run = offset / World.JOBS.get(which.job()).every().toNanos();
    start(feature, which, customer, run);
    return which.shape().draw(draws, false);
  }

  private double value(int feature, long customer, long run, long offset, boolean online) {
    SimulatedFeature which = World.FEATURES.get(feature);
    boolean wrong = fault.changes(feature, offset);
    double place = start(feature, which, customer, run);
    boolean moreNulls = wrong && fault.kind() == Fault.Kind.nulls;
    if (place < (moreNulls ? Fault.NULL_SHARE : which.nullShare())) {
      return NULL;
    }
    double value = which.shape().draw(draws, wrong && fault.kind() == Fault.Kind.drift);
    boolean skewed = wrong && online && fault.kind() == Fault.Kind.skew;
    return skewed && which.shape() instanceof Numeric shape ? shape.skewed(value) : value;
  }

  /** Returns the number that decides whether the value is null; the value is drawn next. */
  private double start(int feature, SimulatedFeature which, long customer, long run) {
    return draws.at(VALUES + feature, customer, which.is(Trait.LASTING) ? 0 : run).nextDouble();
  }
}
