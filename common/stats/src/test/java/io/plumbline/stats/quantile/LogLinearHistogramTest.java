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
}
