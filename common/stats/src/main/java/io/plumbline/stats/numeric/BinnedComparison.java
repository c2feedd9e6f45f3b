package io.plumbline.stats.numeric;

import io.plumbline.stats.drift.JensenShannon;
import io.plumbline.stats.drift.NoiseGuard;
import io.plumbline.stats.drift.NoiseGuardRange;
import io.plumbline.stats.drift.PopulationStabilityIndex;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What two distributions say in the bins of the reference.
 *
 * @param reference and {@code current}: the values in each bin
 * @param psiBound greatest error of the index, 0 where it is certain which value is in which bin;
 *     likewise the other bounds
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record BinnedComparison(
    Bins bins,
    long[] reference,
    long[] current,
    double psi,
    double psiBound,
    double psiPValue,
    double psiPValueBound,
    double jsDistance,
    double jsBound) {

  /** Both sides need a value. */
  public static BinnedComparison of(Bins bins, Distribution reference, Distribution current) {
    return of(BinnedReference.of(bins, reference), current);
  }

  /** Both sides need a value. */
  public static BinnedComparison of(BinnedReference reference, Distribution current) {
    Bins bins = reference.bins();
    long[] inReference = reference.counts();
    long[] inCurrent = bins.count(current);
    double psi = PopulationStabilityIndex.of(inReference, inCurrent);
    double p = NoiseGuard.numericPValue(inReference, inCurrent);
    double js = JensenShannon.distance(inReference, inCurrent);
    if (reference.exact() && current.exact()) {
      return new BinnedComparison(bins, inReference, inCurrent, psi, 0, p, 0, js, 0);
    }
    NoiseGuardRange.Side ofReference =
        new NoiseGuardRange.Side(reference.least(), reference.greatest(), reference.total());
    NoiseGuardRange.Side ofCurrent =
        new NoiseGuardRange.Side(
            bins.leastCount(current), bins.greatestCount(current), current.count());
    boolean whole = IntStream.range(0, bins.size()).allMatch(bin -> bins.parts(bin) == 1);
    if (whole && certain(ofReference) && certain(ofCurrent)) {
      return new BinnedComparison(bins, inReference, inCurrent, psi, 0, p, 0, js, 0);
    }
    NoiseGuardRange range =
        whole ? NoiseGuardRange.of(ofReference, ofCurrent) : NoiseGuardRange.ANY;
    ProportionBox box = ProportionBox.of(reference, current);
    return new BinnedComparison(
        bins,
        inReference,
        inCurrent,
        psi,
        box.psiBound(psi),
        p,
        Math.max(p - range.least(), range.greatest() - p),
        js,
        box.jensenShannonBound(js));
  }

  private static boolean certain(NoiseGuardRange.Side side) {
    return Arrays.equals(side.least(), side.greatest());
  }
}
