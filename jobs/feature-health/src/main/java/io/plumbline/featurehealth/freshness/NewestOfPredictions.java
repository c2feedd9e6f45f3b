package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.featurehealth.registry.RegistryView;
import java.time.Duration;
import java.util.Arrays;
import java.util.IdentityHashMap;

/** The newest times that predictions give of the features they were made from. */
public final class NewestOfPredictions extends NewestTimes<Prediction> {
  /** Each model has one, those with optional features have many. */
  private static final int MOST_NAME_LISTS = 256;

  private final long maxFuture;

  /** By list of names, the newest time of each that was taken. */
  private transient IdentityHashMap<FeatureNames, long[]> taken;

  private transient FeatureNames names;
  private transient long[] times;

  /**
   * @param maxFuture by which a time may be ahead of its prediction; one further ahead is no time,
   *     as it would hide all later ones
   * @param featuresLimit of features that a task holds at once, beside those of the registry
   */
  public NewestOfPredictions(RegistryView view, Duration maxFuture, long featuresLimit) {
    super(view, featuresLimit);
    this.maxFuture = maxFuture.toMillis();
  }

  @Override
  public void open() {
    super.open();
    taken = new IdentityHashMap<>();
  }

  @Override
  public void add(Prediction event, long timestamp) {
    FeatureValues values = event.features();
    if (values.names() != names) {
      if (taken.size() > MOST_NAME_LISTS) {
        taken.clear();
      }
      names = values.names();
      times = taken.computeIfAbsent(names, NewestOfPredictions::nothing);
    }
    long latest = event.ts() + maxFuture;
    for (int i = 0; i < times.length; i++) {
      long time = values.time(i);
      // Most times have been seen already: features change seldomer than predictions are made.
      if (time > times[i] && time <= latest) {
        times[i] = time;
        seen(names.get(i), time);
      }
    }
  }

  private static long[] nothing(FeatureNames of) {
    long[] times = new long[of.size()];
    Arrays.fill(times, FeatureValues.NO_TIME);
    return times;
  }
}
