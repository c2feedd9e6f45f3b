package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.WideNumbers;

/** Compares numbers that are too wide for a key: counted by their text, ranked at the end. */
final class WideProfile extends FeatureProfile {
  private final PlannedFeature feature;
  private final CategoryCounts reference = new CategoryCounts();
  private final CategoryCounts current = new CategoryCounts();

  WideProfile(PlannedFeature feature) {
    this.feature = feature;
  }

  @Override
  CategoryCounts categories(boolean ofCurrent) {
    return ofCurrent ? current : reference;
  }

  @Override
  void addMissing(boolean toCurrent, long rows) {
    (toCurrent ? current : reference).addNulls(rows);
  }

  @Override
  void measure(Measurement into) {
    into.cells(cells(reference), cells(current));
    WideNumbers.Sides ranked = WideNumbers.rank(reference, current, Integer.MAX_VALUE);
    NumericProfile.compare(ranked.reference(), known(), ranked.current(), feature.bins(), into);
  }
}
