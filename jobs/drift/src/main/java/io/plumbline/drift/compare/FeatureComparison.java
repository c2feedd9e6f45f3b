package io.plumbline.drift.compare;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.ProfilePart;
import java.io.IOException;

/** Puts together the parts of one feature in one segment and compares its two sides. */
public final class FeatureComparison {
  private final DriftPlan plan;
  private final int key;
  private final FeatureProfile profile;

  /**
   * @param key the plan's number of feature and segment
   * @param exactValues distinct values of a side up to which its distribution is exact
   */
  public FeatureComparison(DriftPlan plan, int key, int exactValues) {
    this.plan = plan;
    this.key = key;
    PlannedFeature feature = plan.scan().feature(key);
    profile = FeatureProfile.of(feature, exactValues);
    if (!feature.inCurrent()) {
      profile.addMissing(true, plan.current().rows());
    }
  }

  public void add(ProfilePart part) throws IOException {
    profile.add(part);
  }

  public Comparison compare() {
    Measurement measurement = new Measurement(plan, key);
    profile.measure(measurement);
    return measurement.comparison(key);
  }
}
