package io.plumbline.featurehealth.freshness;

import io.plumbline.events.FeatureValue;
import io.plumbline.featurehealth.registry.RegistryView;

/** The newest times that {@code plumbline.features} gives. */
public final class NewestOfValues extends NewestTimes<FeatureValue> {
  /**
   * @param featuresLimit of features that a task holds at once, beside those of the registry
   */
  public NewestOfValues(RegistryView view, long featuresLimit) {
    super(view, featuresLimit);
  }

  @Override
  public void add(FeatureValue event, long timestamp) {
    seen(event.feature(), event.eventTime());
  }
}
