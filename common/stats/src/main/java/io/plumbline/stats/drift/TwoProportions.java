package io.plumbline.stats.drift;

import org.apache.commons.numbers.gamma.Erfc;

/** Whether two shares differ, two-sided. */
public final class TwoProportions {
  private static final double EXPECTED = 5;

  /** Tables as likely as the observed one count; rounding must not tell them apart. */
  private static final double AS_LIKELY = 1 + 1e-10;

  private TwoProportions() {}

  /**
   * The p-value of the pooled two-proportion z test where each of the four expected counts is at
   * least 5, else of Fisher's exact test.
   *
   * @param ofReference how many of the {@code reference} rows, and {@code ofCurrent} of the {@code
   *     current} ones; both sides have rows
   */
  public static double pValue(long ofReference, long reference, long ofCurrent, long current) {
    double pooled = ((double) ofReference + ofCurrent) / ((double) reference + current);
    double smaller = Math.min(reference, current);
    if (smaller * pooled < EXPECTED || smaller * (1 - pooled) < EXPECTED) {
      return fisher(ofReference, reference, ofCurrent, current);
    }
    double difference = (double) ofCurrent / current - (double) ofReference / reference;
    double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / reference + 1.0 / current));
    return Erfc.value(Math.abs(difference) / error / Math.sqrt(2));
  }

  /**
   * Fisher's exact test: the weights of all tables with these margins follow from one another, so
   * that they are only needed relative to the most likely one.
   */
  private static double fisher(long ofReference, long reference, long ofCurrent, long current) {
    long marked = ofReference + ofCurrent;
    long least = Math.max(0, marked - current);
    long greatest = Math.min(marked, reference);
    long mode =
        Math.min(
            greatest,
            Math.max(
                least,
                (long) ((marked + 1.0) * (reference + 1.0) / ((double) reference + current + 2))));
    double observed = 1;
    for (long k = mode; k < ofReference; k++) {
      observed *= ratio(k, marked, reference, current);
    }
    for (long k = mode; k > ofReference; k--) {
      observed /= ratio(k - 1, marked, reference, current);
    }
    double limit = observed * AS_LIKELY;
    double all = 1;
    double asUnlikely = limit >= 1 ? 1 : 0;
    double weight = 1;
    for (long k = mode; k < greatest && weight > 0; k++) {
      weight *= ratio(k, marked, reference, current);
      all += weight;
      asUnlikely += weight <= limit ? weight : 0;
    }
    weight = 1;
    for (long k = mode; k > least && weight > 0; k--) {
      weight /= ratio(k - 1, marked, reference, current);
      all += weight;
      asUnlikely += weight <= limit ? weight : 0;
    }
    return Math.min(1, asUnlikely / all);
  }

  /** How much likelier k + 1 marked rows of the reference are than k. */
  private static double ratio(long k, long marked, long reference, long current) {
    return (double) (marked - k) * (reference - k) / ((k + 1.0) * (current - marked + k + 1.0));
  }
}
