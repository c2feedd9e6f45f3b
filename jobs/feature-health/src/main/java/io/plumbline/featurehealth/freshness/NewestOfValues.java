package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureValue;

/** The newest times that {@code plumbline.features} tells. */
public final class NewestOfValues extends NewestTimes<FeatureValue> {
  /**
   * @param featuresLimit of features that a task watches
   */
  public NewestOfValues(long featuresLimit) {
    super(featuresLimit);
  }

  @Override
  public void add(FeatureValue event, long timestamp) {
    seen(event.feature(), event.eventTime());
  }
}
