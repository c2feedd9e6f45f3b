package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.NoText;
import io.plumbline.events.CategoryCount;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import io.plumbline.stats.category.CategoryTable;
import io.plumbline.stats.category.Identifiers;
import io.plumbline.stats.drift.ChiSquared;
import io.plumbline.stats.drift.JensenShannon;
import io.plumbline.stats.drift.NewCategories;
import io.plumbline.stats.drift.NoiseGuard;
import io.plumbline.stats.drift.PopulationStabilityIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Compares the counts of categories. */
final class CategoricalProfile extends FeatureProfile {

  private final PlannedFeature feature;
  private final CategoryCounts reference;
  private final CategoryCounts current;

  CategoricalProfile(PlannedFeature feature, CategoryMemory memory) {
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
    return NoText.reason(feature, reference)
        .or(() -> feature.named() ? Optional.empty() : Identifiers.ofTexts(reference));
  }

  @Override
  void measure(Measurement into) {
    CategoryTable table = CategoryTable.of(reference, current);
    into.categories = listed(table);
    into.newCategoryRatio = Measurement.finite(table.newCategoryRatio());
    into.newCategoryPValue = NewCategories.pValue(table.reference(), table.current());
    if (reference.usable() == 0 || current.usable() == 0) {
      return;
    }
    CategoryTable.Grouped grouped = table.grouped();
    into.psi = PopulationStabilityIndex.of(grouped.reference(), grouped.current());
    into.psiPValue = NoiseGuard.categoricalPValue(table.reference(), table.current());
    into.jsDistance = JensenShannon.distance(table.reference(), table.current());
    ChiSquared.Result chi2 = ChiSquared.homogeneity(table.reference(), table.current());
    into.chi2Statistic = chi2.statistic();
    into.chi2PValue = chi2.pValue();
    into.chi2Sparse = chi2.sparse();
    into.goodnessOfFitPValue =
        ChiSquared.goodnessOfFit(table.reference(), table.current())
            .map(ChiSquared.Result::pValue)
            .orElse(null);
  }

  /** The most frequent categories of the reference, then the rare and the new ones together. */
  private static List<CategoryCount> listed(CategoryTable table) {
    long[] reference = table.reference();
    long[] current = table.current();
    List<Integer> known =
        IntStream.range(0, table.size())
            .filter(k -> reference[k] > 0)
            .boxed()
            .sorted(Comparator.comparingLong((Integer k) -> -reference[k]))
            .toList();
    List<CategoryCount> counts = new ArrayList<>();
    long rareReference = 0;
    long rareCurrent = 0;
    for (int i = 0; i < known.size(); i++) {
      int k = known.get(i);
      if (i < CategoryCount.LISTED) {
        counts.add(CategoryCount.of(table.name(k), reference[k], current[k]));
      } else {
        rareReference += reference[k];
        rareCurrent += current[k];
      }
    }
    if (rareReference > 0) {
      counts.add(CategoryCount.ofRare(rareReference, rareCurrent));
    }
    long unseen = 0;
    for (int k = 0; k < reference.length; k++) {
      unseen += reference[k] == 0 ? current[k] : 0;
    }
    if (unseen > 0) {
      counts.add(CategoryCount.ofNew(unseen));
    }
    return counts;
  }
}
