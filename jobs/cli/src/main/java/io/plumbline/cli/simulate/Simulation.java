package io.plumbline.cli.simulate;

import io.plumbline.cli.simulate.SimulatedFeature.Trait;
import java.time.Duration;

/**
 * What happens in the world, one event after the other. The same settings give the same events: it
 * knows no clock, only offsets in nanoseconds since the start, which never go back.
 */
final class Simulation {
  /** Customers whose features each run of a job publishes. */
  static final int CUSTOMERS_A_RUN = 30;

  private static final long UPDATES = 3;

  /**
   * @param rate predictions a second
   * @param labelDelay the mean
   */
  record Settings(long seed, double rate, Duration labelDelay, Fault fault) {}

  /** Who is told of the events. */
  interface Listener {
    /**
     * @param prediction is filled again after the call
     */
    void prediction(Prediction prediction);

    void label(ComingLabels.Label label);

    /**
     * @param value {@link FeatureStore#NULL} for none
     * @param online whether it is what serving gets; otherwise what training will get
     */
    void update(int feature, long customer, long offset, double value, boolean online);
  }

  private final Settings settings;
  private final Listener listener;
  private final FeatureStore store;
  private final CreditModel model;
  private final Draws draws;
  private final double nanosBetween;
  private final Prediction prediction = new Prediction();
  private final ComingLabels labels;

  /** By job: when it runs next. */
  private final long[] nextRuns = new long[World.JOBS.size()];

  private long predicted;
  private long labelled;
  private long updated;

  Simulation(Settings settings, Listener listener) {
    this.settings = settings;
    this.listener = listener;
    store = new FeatureStore(settings.seed(), settings.fault());
    model = new CreditModel(settings.seed(), store, settings.fault());
    draws = new Draws(settings.seed());
    labels = new ComingLabels(settings.seed(), settings.labelDelay());
    nanosBetween = 1e9 / settings.rate();
  }

  /** When the next event is. */
  long next() {
    return Math.min(Math.min(nextRuns[nextJob()], nextPrediction()), labels.next());
  }

  /**
   * The next event happens: a request and what all versions predict, a label, or a run of a job
   * with all its updates.
   */
  void step() {
    long next = next();
    int job = nextJob();
    if (nextRuns[job] == next) {
      run(job, next);
    } else if (nextPrediction() == next) {
      predict(next);
    } else {
      label(labels.remove());
    }
  }

  private long nextPrediction() {
    long at = (long) (predicted * nanosBetween);
    return settings.fault().silences(at) ? Long.MAX_VALUE : at;
  }

  private int nextJob() {
    int first = 0;
    for (int job = 1; job < nextRuns.length; job++) {
      first = nextRuns[job] < nextRuns[first] ? job : first;
    }
    return first;
  }

  private void predict(long offset) {
    prediction.index = predicted++;
    prediction.offset = offset;
    model.predict(prediction);
    listener.prediction(prediction);
    labels.follow(prediction);
  }

  private void label(ComingLabels.Label label) {
    if (!settings.fault().withholdsLabels(label.offset())) {
      labelled++;
      listener.label(label);
    }
  }

  private void run(int job, long offset) {
    nextRuns[job] = offset + World.JOBS.get(job).every().toNanos();
    if (settings.fault().stops(job) && settings.fault().hasBegun(offset)) {
      nextRuns[job] = Long.MAX_VALUE;
      return;
    }
    long run = store.run(job, offset);
    for (int update = 0; update < CUSTOMERS_A_RUN; update++) {
      long customer = draws.at(UPDATES + 10L * job, run, update).nextLong(World.CUSTOMERS);
      for (int feature = 0; feature < World.FEATURES.size(); feature++) {
        if (World.FEATURES.get(feature).job() == job) {
          update(feature, customer, run, offset);
        }
      }
    }
  }

  private void update(int feature, long customer, long run, long offset) {
    double online = store.online(feature, customer, run, offset);
    updated++;
    listener.update(feature, customer, offset, online, true);
    if (World.FEATURES.get(feature).is(Trait.OFFLINE)) {
      updated++;
      listener.update(
          feature, customer, offset, store.offline(feature, customer, run, offset), false);
    }
  }

  /** Requests, each answered by all versions. */
  long predicted() {
    return predicted;
  }

  long labelled() {
    return labelled;
  }

  long updated() {
    return updated;
  }

  /** Labels that are still to come. */
  int pending() {
    return labels.size();
  }
}
