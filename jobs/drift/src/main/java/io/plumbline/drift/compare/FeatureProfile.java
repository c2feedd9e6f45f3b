package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.KnownQuantiles;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.util.Optional;

/**
 * One feature in one segment, both sides, put together from summaries as they come. The kind of the
 * feature decides what is put together and how it is compared.
 */
abstract class FeatureProfile {

  static FeatureProfile of(
      PlannedFeature feature,
      int segment,
      Gathering ofReference,
      Gathering ofCurrent,
      CategoryMemory memory) {
    return switch (feature.kind()) {
      case NUMERIC ->
          feature.wide()
              ? new WideProfile(feature, memory)
              : new NumericProfile(feature, ofReference, ofCurrent);
      case CATEGORICAL -> new CategoricalProfile(feature, memory);
      case EMBEDDING, MULTIVARIATE -> new VectorProfile(feature, segment, ofReference, ofCurrent);
    };
  }

  /** What is known of the reference beside its distribution; null: nothing. */
  private KnownQuantiles known;

  final void addKnown(KnownQuantiles ofReference) {
    known = ofReference;
  }

  /** What is known of the reference beside its distribution. */
  final Optional<KnownQuantiles> known() {
    return Optional.ofNullable(known);
  }

  /** The numbers of a side, if the feature's kind has some; so the others. */
  NumericSummary numbers(boolean current) {
    throw new IllegalStateException("no feature of numbers");
  }

  CategoryCounts categories(boolean current) {
    throw new IllegalStateException("no feature of categories");
  }

  VectorSummary vectors(boolean current) {
    throw new IllegalStateException("no feature of vectors");
  }

  /** Makes ready for so many rows on each side. */
  void expect(long ofReference, long ofCurrent) {}

  /** Adds rows in which the feature is missing. */
  abstract void addMissing(boolean current, long rows);

  /** Counts the cells of both sides. */
  abstract void count(Measurement into);

  /** Why its values, those of all rows, are not to be compared; empty: they are. */
  Optional<String> leftOut() {
    return Optional.empty();
  }

  /** Compares the values of both sides. */
  abstract void measure(Measurement into);

  /** Gives back memory and files. */
  void release() {}

  static Measurement.Cells cells(NumericSummary summary) {
    return new Measurement.Cells(
        summary.rows(), summary.nulls() + summary.nans(), summary.infinities());
  }

  static Measurement.Cells cells(CategoryCounts counts) {
    return new Measurement.Cells(counts.rows(), counts.nulls(), 0);
  }

  static Measurement.Cells cells(VectorSummary vectors) {
    return cells(vectors.norms());
  }
}
