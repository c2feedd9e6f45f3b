package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.Moments;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * The losses of two versions on the same labelled predictions: Student's paired t test of whether
 * their means differ.
 */
public final class PairedLosses implements Mergeable<PairedLosses> {
  private Moments differences = Moments.ofDoubles();

  /**
   * Adds a labelled pair, {@code times} times; a negative number of times takes it out again.
   *
   * @param champion loss of it, from 0 on and finite, and {@code shadow} of the other
   */
  public void add(double champion, double shadow, long times) {
    differences.add(shadow - champion, times);
  }

  /**
   * The loss of a number, {@code |prediction - truth|}; the greatest double where it is greater.
   */
  public static double absoluteError(double prediction, double truth) {
    return Math.min(Double.MAX_VALUE, Math.abs(prediction - truth));
  }

  /** Labelled pairs. */
  public long count() {
    return differences.count();
  }

  /** The mean loss of the shadow less that of the champion: below 0 it is better. */
  public double meanDifference() {
    return differences.mean();
  }

  /**
   * The two-sided p-value of the means being equal, as {@code scipy.stats.ttest_rel}: {@code t =
   * mean / (deviation / sqrt(n))} with n - 1 degrees of freedom. NaN with fewer than two pairs or
   * where no pair differs; 0 where all differ by the same.
   */
  public double pValue() {
    double deviation = differences.sampleStandardDeviation();
    double mean = differences.mean();
    if (count() < 2 || (deviation == 0 && mean == 0)) {
      return Double.NaN;
    }
    double t = mean / deviation * Math.sqrt(count());
    double freedom = count() - 1.0;
    // Abramowitz and Stegun, 26.7.1 with 26.5.27.
    return RegularizedBeta.value(freedom / (freedom + t * t), freedom / 2, 0.5);
  }

  @Override
  public void merge(PairedLosses other) {
    differences.merge(other.differences);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    differences.writeTo(out);
  }

  public static PairedLosses readFrom(DataInput in) throws IOException {
    PairedLosses losses = new PairedLosses();
    losses.differences = Moments.readFrom(in);
    return losses;
  }
}
