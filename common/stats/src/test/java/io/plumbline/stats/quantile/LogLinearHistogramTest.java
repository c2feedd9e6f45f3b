package io.plumbline.stats.quantile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogLinearHistogramTest {
  private static final double[] SHARES = {0, 0.01, 0.25, 0.5, 0.95, 0.99, 1};

  /** The order statistic itself: of n sorted numbers that of rank ceil(q n). */
  private static long exact(long[] sorted, double q) {
    return sorted[Math.max(1, (int) Math.ceil(q * sorted.length)) - 1];
  }

  @Test
  void aQuantileIsWithinItsBoundAndTheBoundIsSmall() {
    Random random = new Random(3);
    for (int turn = 0; turn < 50; turn++) {
      LogLinearHistogram histogram = new LogLinearHistogram();
      long[] numbers = new long[1 + random.nextInt(2000)];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextLong(1L << random.nextInt(63));
        histogram.add(numbers[i], 1);
      }
      Arrays.sort(numbers);
      for (double q : SHARES) {
        long exact = exact(numbers, q);
        assertThat(histogram.quantile(q))
            .isCloseTo((double) exact, within(histogram.quantileBound(q)));
        assertThat(histogram.quantileBound(q)).isLessThanOrEqualTo(exact / 64.0);
      }
    }
  }

  @Test
  void smallNumbersAreExactAndTheGreatestHasItsPlace() {
    LogLinearHistogram histogram = new LogLinearHistogram();
    for (long number : new long[] {63, -5, 1, 1}) {
      histogram.add(number, 1);
    }
    assertThat(histogram.quantile(0.25)).isZero();
    assertThat(histogram.quantile(0.5)).isEqualTo(1);
    assertThat(histogram.quantile(1)).isEqualTo(63);
    assertThat(histogram.quantileBound(1)).isZero();
    histogram.add(Long.MAX_VALUE, 1);
    assertThat(histogram.quantile(1))
        .isCloseTo((double) Long.MAX_VALUE, within(Long.MAX_VALUE / 64.0));
    assertThat(new LogLinearHistogram().quantile(0.5)).isNaN();
  }

  @Test
  void mergingInAnyOrderGivesTheSameBytes() throws IOException {
    Random random = new Random(4);
    LogLinearHistogram[] parts = new LogLinearHistogram[4];
    LogLinearHistogram all = new LogLinearHistogram();
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new LogLinearHistogram();
      for (int k = 0; k < i * 300; k++) {
        long number = random.nextLong(1L << 40);
        parts[i].add(number, 2);
        all.add(number, 2);
      }
    }
    LogLinearHistogram forward = new LogLinearHistogram();
    LogLinearHistogram backward = new LogLinearHistogram();
    for (int i = 0; i < parts.length; i++) {
      forward.merge(
          LogLinearHistogram.readFrom(
              new DataInputStream(new ByteArrayInputStream(parts[i].written()))));
      backward.merge(parts[parts.length - 1 - i]);
    }
    assertThat(forward.written()).isEqualTo(all.written()).isEqualTo(backward.written());
    assertThat(forward.count()).isEqualTo(2L * (300 + 600 + 900));
  }

  /** By numpy's definition: linear between the order statistics at (n - 1) q. */
  private static double interpolated(long[] sorted, double q) {
    double index = (sorted.length - 1) * q;
    int rank = (int) index;
    double low = sorted[rank];
    double high = sorted[Math.min(rank + 1, sorted.length - 1)];
    return low + (high - low) * (index - rank);
  }

  @Test
  void anInterpolatedQuantileIsWithinItsBoundAndExactWhereBucketsAre() {
    Random random = new Random(4);
    for (int turn = 0; turn < 50; turn++) {
      LogLinearHistogram histogram = new LogLinearHistogram();
      LogLinearHistogram small = new LogLinearHistogram();
      long[] numbers = new long[1 + random.nextInt(20)];
      long[] smallNumbers = new long[numbers.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = random.nextLong(1L << random.nextInt(50));
        smallNumbers[i] = random.nextInt(64);
        histogram.add(numbers[i], 1);
        small.add(smallNumbers[i], 1);
      }
      Arrays.sort(numbers);
      Arrays.sort(smallNumbers);
      for (double q : SHARES) {
        double exact = interpolated(numbers, q);
        assertThat(histogram.interpolatedQuantile(q))
            .isCloseTo(exact, within(histogram.interpolatedQuantileBound(q) + 1e-15 * exact));
        assertThat(histogram.interpolatedQuantileBound(q)).isLessThanOrEqualTo(exact / 60);
        assertThat(small.interpolatedQuantile(q)).isEqualTo(interpolated(smallNumbers, q));
        assertThat(small.interpolatedQuantileBound(q)).isZero();
      }
    }
    assertThat(new LogLinearHistogram().interpolatedQuantile(0.5)).isNaN();
    assertThat(new LogLinearHistogram().interpolatedQuantileBound(0.5)).isZero();
  }

  @Test
  void whatIsTakenOutAgainLeavesNothingBehind() throws IOException {
    LogLinearHistogram histogram = new LogLinearHistogram();
    histogram.add(5_000, 2);
    histogram.add(1_000_000, 1);
    histogram.add(1_000_000, -1);
    histogram.add(70, 0);
    LogLinearHistogram alone = new LogLinearHistogram();
    alone.add(5_000, 2);
    assertThat(histogram.written()).isEqualTo(alone.written());
    assertThat(histogram.quantile(1)).isEqualTo(alone.quantile(1));
    LogLinearHistogram taken = new LogLinearHistogram();
    taken.add(5_000, -2);
    histogram.merge(taken);
    assertThat(histogram.written()).isEqualTo(new LogLinearHistogram().written());
  }
}
