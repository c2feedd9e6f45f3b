package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.BoundedMemo;
import java.time.Duration;
import java.util.Arrays;

/** The newest times that predictions give of the features they were made from. */
public final class NewestOfPredictions extends NewestTimes<Prediction> {
  private final long maxFuture;

  /** By list of names, the newest time of each that was seen; the lists are told by identity. */
  private transient BoundedMemo<FeatureNames, long[]> seen;

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
  public void open(long mostBytes) {
    super.open(mostBytes);
    seen = new BoundedMemo<>(mostBytes / 4);
  }

  @Override
  long bytesOfLists() {
    return seen.bytes();
  }

  @Override
  public void add(Prediction event, long timestamp) {
    FeatureValues values = event.features();
    if (values.names() != names) {
      names = values.names();
      times = seen.get(names);
      if (times == null) {
        times = nothing(names);
        seen.put(names, times, names.bytes() + (long) Long.BYTES * names.size());
      }
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
