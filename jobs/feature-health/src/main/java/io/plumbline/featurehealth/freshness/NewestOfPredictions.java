package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import java.time.Duration;
import java.util.Arrays;

/** The newest times that predictions tell of the features they were made from. */
public final class NewestOfPredictions extends NewestTimes<Prediction> {
  private final long maxFuture;
  private transient FeatureNames names;
  private transient long[] times;

  /**
   * @param maxFuture by which a time may be ahead of its prediction; one further ahead is no time,
   *     as it would hide all later ones
   * @param featuresLimit of features that a task watches
   */
  public NewestOfPredictions(Duration maxFuture, long featuresLimit) {
    super(featuresLimit);
    this.maxFuture = maxFuture.toMillis();
  }

  @Override
  public void add(Prediction event, long timestamp) {
    FeatureValues values = event.features();
    if (values.names() != names) {
      names = values.names();
      times = new long[names.size()];
      Arrays.fill(times, FeatureValues.NO_TIME);
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
}
