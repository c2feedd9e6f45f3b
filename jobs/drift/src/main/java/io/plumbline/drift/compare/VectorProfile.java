package io.plumbline.drift.compare;

import io.plumbline.drift.plan.DriftPlan;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.VectorSummaries;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.stats.drift.MaximumMeanDiscrepancy;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.sample.Standardisation;
import io.plumbline.stats.sample.VectorSummary;

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
      requireOneLength(r, c);
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

  private void requireOneLength(double[][] r, double[][] c) {
    int length = -1;
    for (double[][] side : new double[][][] {r, c}) {
      for (double[] row : side) {
        if (length >= 0 && row.length != length) {
          throw new BadInput(
              "column %s: lists of %d and of %d numbers; expected one length"
                  .formatted(feature.name(), length, row.length));
        }
        length = row.length;
      }
    }
  }
}
