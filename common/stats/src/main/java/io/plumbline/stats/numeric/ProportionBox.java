package io.plumbline.stats.numeric;

import io.plumbline.stats.drift.PopulationStabilityIndex;

/**
 * For each bin, between what the reference's and the current proportion lie. Both indices are sums
 * over bins of a term that is convex and 0 on the diagonal, so that its extremes over a rectangle
 * are at the corners (the least: 0 where the rectangle meets the diagonal).
 */
final class ProportionBox {
  private final Bins bins;
  private final double[] referenceLeast;
  private final double[] referenceGreatest;
  private final double[] currentLeast;
  private final double[] currentGreatest;

  private ProportionBox(BinnedReference reference, Distribution current) {
    bins = reference.bins();
    referenceLeast = shares(reference.least(), reference.total());
    referenceGreatest = shares(reference.greatest(), reference.total());
    currentLeast = shares(bins.leastCount(current), current.count());
    currentGreatest = shares(bins.greatestCount(current), current.count());
  }

  static ProportionBox of(BinnedReference reference, Distribution current) {
    return new ProportionBox(reference, current);
  }

  private static double[] shares(long[] counts, long total) {
    double[] shares = new double[counts.length];
    for (int i = 0; i < counts.length; i++) {
      shares[i] = (double) counts[i] / total;
    }
    return shares;
  }

  private interface Term {
    double of(double reference, double current);
  }

  double psiBound(double reported) {
    double[] range = range(ProportionBox::psiTerm);
    return Math.max(range[1] - reported, reported - range[0]);
  }

  double jensenShannonBound(double reported) {
    double[] range = range(ProportionBox::jensenShannonTerm);
    double least = Math.sqrt(Math.max(0, range[0]));
    double greatest = Math.min(1, Math.sqrt(Math.max(0, range[1])));
    return Math.max(greatest - reported, reported - least);
  }

  private double[] range(Term term) {
    double least = 0;
    double greatest = 0;
    for (int i = 0; i < referenceLeast.length; i++) {
      double a = term.of(referenceLeast[i], currentLeast[i]);
      double b = term.of(referenceLeast[i], currentGreatest[i]);
      double c = term.of(referenceGreatest[i], currentLeast[i]);
      double d = term.of(referenceGreatest[i], currentGreatest[i]);
      greatest += bins.parts(i) * Math.max(Math.max(a, b), Math.max(c, d));
      if (bins.parts(i) > 1) {
        continue;
      }
      if (referenceGreatest[i] < currentLeast[i]) {
        least += c;
      } else if (currentGreatest[i] < referenceLeast[i]) {
        least += b;
      }
    }
    return new double[] {least, greatest};
  }

  private static double psiTerm(double reference, double current) {
    double e = Math.max(reference, PopulationStabilityIndex.LEAST_PROPORTION);
    double a = Math.max(current, PopulationStabilityIndex.LEAST_PROPORTION);
    return (a - e) * Math.log(a / e);
  }

  private static double jensenShannonTerm(double reference, double current) {
    double middle = (reference + current) / 2;
    return (relative(reference, middle) + relative(current, middle)) / 2 / Math.log(2);
  }

  private static double relative(double share, double middle) {
    return share == 0 ? 0 : share * Math.log(share / middle);
  }
}
