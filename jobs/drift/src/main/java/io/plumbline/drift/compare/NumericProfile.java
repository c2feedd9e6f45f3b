package io.plumbline.drift.compare;

import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.drift.scan.Domains;
import io.plumbline.events.BinCount;
import io.plumbline.events.ProfileSummary;
import io.plumbline.stats.drift.KolmogorovSmirnov;
import io.plumbline.stats.numeric.BinnedComparison;
import io.plumbline.stats.numeric.Bins;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.TwoSampleWalk;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Compares the distributions of numbers. */
final class NumericProfile extends FeatureProfile {
  private static final String[] QUANTILES = {"0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99"};
  private static final double[] PERCENTS = {1, 5, 25, 50, 75, 95, 99};

  private final int exactValues;
  private final int binNumber;
  private final NumericSummary reference;
  private final NumericSummary current;

  NumericProfile(PlannedFeature feature, int exactValues) {
    this.exactValues = exactValues;
    binNumber = feature.bins();
    NumericDomain domain = Domains.of(feature.column().type());
    reference = new NumericSummary(domain, exactValues);
    current = new NumericSummary(domain, exactValues);
  }

  @Override
  void add(boolean toCurrent, DataInputStream summary) throws IOException {
    (toCurrent ? current : reference).merge(NumericSummary.readFrom(summary, exactValues));
  }

  @Override
  void addMissing(boolean toCurrent, long rows) {
    (toCurrent ? current : reference).addNulls(rows);
  }

  @Override
  void measure(Measurement into) {
    into.cells(cells(reference), cells(current));
    compare(reference, current, binNumber, into);
  }

  static void compare(
      NumericSummary reference, NumericSummary current, int binNumber, Measurement into) {
    Distribution r = reference.distribution();
    Distribution c = current.distribution();
    into.referenceProfile = profile(reference, r, "reference", into);
    into.currentProfile = profile(current, c, "current", into);
    if (r.count() == 0) {
      return;
    }
    Bins bins = Bins.of(r, binNumber);
    into.bins = counts(bins, bins.count(r), bins.count(c));
    if (c.count() == 0) {
      return;
    }
    BinnedComparison binned = BinnedComparison.of(bins, r, c);
    into.psi = binned.psi();
    into.bound("psi", binned.psiBound());
    into.psiPValue = binned.psiPValue();
    into.bound("psi_p_value", binned.psiPValueBound());
    into.jsDistance = binned.jsDistance();
    into.bound("js_distance", binned.jsBound());
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

  private static ProfileSummary profile(
      NumericSummary summary, Distribution values, String side, Measurement into) {
    Map<String, Double> quantiles = new LinkedHashMap<>();
    double bound = 0;
    for (int i = 0; i < QUANTILES.length && values.count() > 0; i++) {
      quantiles.put(QUANTILES[i], values.quantile(PERCENTS[i]));
      bound = Math.max(bound, values.quantileBound(PERCENTS[i]));
    }
    into.bound(side + "_quantiles", bound);
    return new ProfileSummary(
        Measurement.finite(summary.moments().mean()),
        Measurement.finite(summary.moments().sampleStandardDeviation()),
        Measurement.finite(values.min()),
        Measurement.finite(values.max()),
        quantiles);
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
