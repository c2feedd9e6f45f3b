package io.plumbline.drift.compare;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.VectorSummaries;
import io.plumbline.stats.drift.MaximumMeanDiscrepancy;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.sample.Standardisation;
import io.plumbline.stats.sample.VectorSummary;
import java.util.Optional;

/**
 * Compares vectors: a sample of them by maximum mean discrepancy, and for embeddings, whose
 * components share a unit, the norms of all as numbers. Several columns together are standardised
 * by the reference's sample.
 */
final class VectorProfile extends FeatureProfile {
  private final PlannedFeature feature;
  private final int segment;
  private final VectorSummary reference;
  private final VectorSummary current;

  VectorProfile(PlannedFeature feature, int segment, Gathering ofReference, Gathering ofCurrent) {
    this.feature = feature;
    this.segment = segment;
    reference = vectors(ofReference);
    current = vectors(ofCurrent);
  }

  private VectorSummary vectors(Gathering side) {
    return VectorSummaries.of(feature, segment, side.numbers(NumericDomain.doubles()));
  }

  @Override
  VectorSummary vectors(boolean ofCurrent) {
    return ofCurrent ? current : reference;
  }

  @Override
  void release() {
    reference.norms().release();
    current.norms().release();
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
  void measure(Measurement into) {
    double[][] r = reference.sample().rows();
    double[][] c = current.sample().rows();
    if (feature.kind() == PlannedFeature.Kind.EMBEDDING) {
      if (!comparable(into)) {
        return;
      }
      NumericProfile.compare(reference.norms(), known(), current.norms(), feature.bins(), into);
    } else {
      Standardisation byReference = Standardisation.of(r, feature.members().size());
      r = byReference.apply(r);
      c = byReference.apply(c);
    }
    if (r.length < 2 || c.length < 2 || !feature.samplesIn(segment)) {
      return;
    }
    MaximumMeanDiscrepancy.Result result =
        MaximumMeanDiscrepancy.test(r, c, DriftPlan.PERMUTATION_SEED);
    into.mmd2 = result.mmd2();
    into.mmdPValue = result.pValue();
  }

  /** Lists of several lengths are no vectors. */
  @Override
  Optional<String> leftOut() {
    boolean ragged = reference.hasLength() && reference.shortest() != reference.longest();
    return ragged && feature.kind() == PlannedFeature.Kind.EMBEDDING
        ? Optional.of("its lists differ in length: %s".formatted(lengths(reference)))
        : Optional.empty();
  }

  /** Whether lists are as long as they were. */
  private boolean comparable(Measurement into) {
    boolean changed =
        reference.hasLength()
            && current.hasLength()
            && (current.shortest() != reference.shortest()
                || current.longest() != reference.longest());
    if (changed) {
      into.typeChange =
          "lists of %s in the reference, of %s in the current side"
              .formatted(lengths(reference), lengths(current));
      into.cells(cells(reference), cells(current).unusable());
    }
    return !changed;
  }

  private static String lengths(VectorSummary vectors) {
    return vectors.shortest() == vectors.longest()
        ? "%s numbers".formatted(vectors.longest())
        : "%s to %s numbers".formatted(vectors.shortest(), vectors.longest());
  }
}
