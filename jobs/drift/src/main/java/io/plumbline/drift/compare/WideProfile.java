package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import io.plumbline.stats.category.Identifiers;
import io.plumbline.stats.numeric.WideNumbers;
import java.util.Optional;

/** Compares numbers that are too wide for a key: counted by their text, ranked at the end. */
final class WideProfile extends FeatureProfile {
  private final PlannedFeature feature;
  private final CategoryCounts reference;
  private final CategoryCounts current;

  WideProfile(PlannedFeature feature, CategoryMemory memory) {
    this.feature = feature;
    reference = new CategoryCounts(memory);
    current = new CategoryCounts(memory);
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
  void count(Measurement into) {
    into.cells(cells(reference), cells(current));
  }

  @Override
  Optional<String> leftOut() {
    return !feature.mayNumberRows()
        ? Optional.empty()
        : Identifiers.ofIntegers(reference)
            .filter(reason -> Identifiers.mostlyDistinct(current.distinct(), current.usable()));
  }

  @Override
  void measure(Measurement into) {
    WideNumbers.Sides ranked = WideNumbers.rank(reference, current, Integer.MAX_VALUE);
    NumericProfile.compare(ranked.reference(), known(), ranked.current(), feature.bins(), into);
  }
}
