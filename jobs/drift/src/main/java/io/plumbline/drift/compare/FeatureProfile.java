package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.KnownQuantiles;
import io.plumbline.drift.scan.ProfilePart;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.VectorSummary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * One feature in one segment, both sides, put together from the parts as they come. The kind of the
 * feature decides what is put together and how it is compared.
 */
abstract class FeatureProfile {

  static FeatureProfile of(PlannedFeature feature, int exactValues) {
    return switch (feature.kind()) {
      case NUMERIC ->
          feature.wide()
              ? new WideProfile(feature, exactValues)
              : new NumericProfile(feature, exactValues);
      case CATEGORICAL -> new CategoricalProfile(feature);
      case EMBEDDING, MULTIVARIATE -> new VectorProfile(feature, exactValues);
    };
  }

  /** What is known of the reference beside its distribution; null: nothing. */
  private KnownQuantiles known;

  final void add(ProfilePart part) throws IOException {
    add(part.current(), new DataInputStream(new ByteArrayInputStream(part.summary())));
    if (!part.current() && part.known().length > 0) {
      known = KnownQuantiles.readFrom(new DataInputStream(new ByteArrayInputStream(part.known())));
    }
  }

  /** What is known of the reference beside its distribution. */
  final Optional<KnownQuantiles> known() {
    return Optional.ofNullable(known);
  }

  abstract void add(boolean current, DataInputStream summary) throws IOException;

  /** Adds rows in which the feature is missing. */
  abstract void addMissing(boolean current, long rows);

  abstract void measure(Measurement into);

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
