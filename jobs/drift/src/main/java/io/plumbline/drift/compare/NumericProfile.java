package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.Domains;
import io.plumbline.drift.scan.KnownQuantiles;
import io.plumbline.events.BinCount;
import io.plumbline.profile.ProfileRows;
import io.plumbline.stats.drift.KolmogorovSmirnov;
import io.plumbline.stats.numeric.BinnedComparison;
import io.plumbline.stats.numeric.BinnedReference;
import io.plumbline.stats.numeric.Bins;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.RunningNumbers;
import io.plumbline.stats.numeric.TwoSampleWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the distributions of numbers. */
final class NumericProfile extends FeatureProfile {
  private final PlannedFeature feature;
  private final NumericSummary reference;
  private final NumericSummary current;

  NumericProfile(PlannedFeature feature, Gathering ofReference, Gathering ofCurrent) {
    this.feature = feature;
    NumericDomain domain = Domains.of(feature.column().type());
    reference = ofReference.numbers(domain);
    current = ofCurrent.numbers(domain);
  }

  @Override
  NumericSummary numbers(boolean ofCurrent) {
    return ofCurrent ? current : reference;
  }

  @Override
  void expect(long ofReference, long ofCurrent) {
    reference.expect(ofReference);
    current.expect(ofCurrent);
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
        : RunningNumbers.reason(reference).filter(reason -> RunningNumbers.mayNumber(current));
  }

  @Override
  void measure(Measurement into) {
    compare(reference, known(), current, feature.bins(), into);
  }

  @Override
  void release() {
    reference.release();
    current.release();
  }

  /**
   * @param known of the reference: used for what it tells, the distribution for the rest
   */
  static void compare(
      NumericSummary reference,
      Optional<KnownQuantiles> known,
      NumericSummary current,
      int binNumber,
      Measurement into) {
    Distribution r = reference.distribution();
    Distribution c = current.distribution();
    if (known.isPresent()) {
      into.referenceProfile = known.get().summary();
    } else {
      into.referenceProfile = ProfileRows.summary(reference, r);
      into.bound("reference_quantiles", ProfileRows.quantilesBound(r));
    }
    into.currentProfile = ProfileRows.summary(current, c);
    into.bound("current_quantiles", ProfileRows.quantilesBound(c));
    if (r.count() == 0) {
      return;
    }
    BinnedReference binned =
        known
            .filter(quantiles -> quantiles.bins() == binNumber)
            .map(KnownQuantiles::binned)
            .orElseGet(() -> BinnedReference.of(Bins.of(r, binNumber), r));
    Bins bins = binned.bins();
    into.bins = counts(bins, binned.counts(), bins.count(c));
    if (c.count() == 0) {
      return;
    }
    BinnedComparison compared = BinnedComparison.of(binned, c);
    into.psi = compared.psi();
    into.bound("psi", compared.psiBound());
    into.psiPValue = compared.psiPValue();
    into.bound("psi_p_value", compared.psiPValueBound());
    into.jsDistance = compared.jsDistance();
    into.bound("js_distance", compared.jsBound());
    TwoSampleWalk walk = TwoSampleWalk.of(r, c);
    into.ksStatistic = walk.ksStatistic();
    into.bound("ks_statistic", walk.ksBound());
    into.ksPValue = KolmogorovSmirnov.pValue(walk.ksStatistic(), r.count(), c.count());
    if (walk.ksBound() > 0) {
      double least =
          KolmogorovSmirnov.pValue(
              Math.min(1, walk.ksStatistic() + walk.ksBound()), r.count(), c.count());
      into.bound("ks_p_value", into.ksPValue - least);
    }
    into.wasserstein = Measurement.finite(walk.wasserstein());
    into.bound("wasserstein", walk.wassersteinBound());
  }

  private static List<BinCount> counts(Bins bins, long[] reference, long[] current) {
    List<BinCount> counts = new ArrayList<>();
    for (int bin = 0; bin < bins.size(); bin++) {
      counts.add(
          new BinCount(
              Measurement.finite(bins.from(bin)),
              Measurement.finite(bins.to(bin)),
              bins.atom(bin),
              reference[bin],
              current[bin]));
    }
    return counts;
  }
}
