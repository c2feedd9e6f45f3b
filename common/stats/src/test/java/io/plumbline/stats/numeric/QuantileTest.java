package io.plumbline.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.Oracle;
import io.plumbline.stats.category.CategoryCounts;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** Where quantiles are, and so the bins: as numpy has it, and exactly where numpy cannot. */
class QuantileTest {
  private static final int SIZES = 2000;
  private static final long BEYOND = 1L << 60;
  private static final long STEP = 7;

  @Test
  void decilesBeyondDoublesHaveTheirExactRank() {
    int offInDoubles = 0;
    for (int n = 2; n < SIZES; n++) {
      Distribution values = integers(n, i -> BEYOND + STEP * i);
      for (int k = 0; k <= 10; k++) {
        long scaled = STEP * (n - 1) * k;
        Quantile quantile = Quantile.of(values, k, 10);
        assertThat(quantile.cut())
            .as("decile %s of %s", k, n)
            .isEqualTo(BEYOND + (scaled + 9) / 10);
        assertThat(quantile.value())
            .isEqualTo(nearest(BigInteger.valueOf(BEYOND), BigInteger.valueOf(scaled), 10, 0));
        long inDoubles = (long) Math.floor((n - 1) * (k * (100.0 / 10) / 100));
        offInDoubles += inDoubles == (n - 1) * k / 10 ? 0 : 1;
      }
    }
    // The pairs of a size and a decile of which a double has the wrong rank.
    assertThat(offInDoubles).isEqualTo(34);
  }

  @Test
  void soHaveQuantilesOfAnyNumberInAnyDomain() {
    BigInteger base = BigInteger.TEN.pow(37);
    for (int n : new int[] {2, 3, 91, 331, 1000}) {
      CategoryCounts counts = new CategoryCounts();
      NumericSummary decimals = new NumericSummary(NumericDomain.decimals(4), SIZES);
      for (int i = 0; i < n; i++) {
        counts.add(WideNumbers.text(new BigDecimal(base.add(BigInteger.valueOf(STEP * i)), 2)), 1);
        decimals.addLong(-BEYOND + STEP * i);
      }
      Distribution exact = decimals.distribution();
      Distribution wide = WideNumbers.rank(counts, counts, SIZES).reference().distribution();
      for (int number = 2; number <= 100; number++) {
        for (int k = 0; k <= number; k++) {
          long scaled = STEP * (n - 1) * k;
          Quantile ofDecimals = Quantile.of(exact, k, number);
          assertThat(ofDecimals.cut()).isEqualTo(-BEYOND + (scaled + number - 1) / number);
          assertThat(ofDecimals.value())
              .isEqualTo(
                  nearest(BigInteger.valueOf(-BEYOND), BigInteger.valueOf(scaled), number, 4));
          // Keys are ranks: the first that reaches it.
          Quantile ofWide = Quantile.of(wide, k, number);
          assertThat(ofWide.cut()).isEqualTo(((n - 1L) * k + number - 1) / number);
          assertThat(ofWide.value())
              .isEqualTo(nearest(base, BigInteger.valueOf(scaled), number, 2));
        }
      }
    }
  }

  private static double nearest(BigInteger base, BigInteger scaled, int number, int scale) {
    BigInteger whole = BigInteger.valueOf(number);
    return new BigDecimal(base.multiply(whole).add(scaled), scale)
        .divide(new BigDecimal(whole), new MathContext(200))
        .doubleValue();
  }

  @Test
  void doublesAgreeWithNumpyToTheLastBit() {
    Oracle.rows(QuantileTest.class, "percentiles.csv")
        .forEach(
            row -> {
              int n = (int) row[0];
              NumericSummary doubles = new NumericSummary(NumericDomain.doubles(), SIZES);
              NumericSummary integers = new NumericSummary(NumericDomain.integers(), SIZES);
              CategoryCounts counts = new CategoryCounts();
              for (int i = 0; i < n; i++) {
                doubles.addDouble(i * 7919 % 1009 * 0.1);
                integers.addLong(i * 7919 % 1009);
                counts.add(WideNumbers.text(BigDecimal.valueOf(i * 7919 % 1009)), 1);
              }
              Distribution wide =
                  WideNumbers.rank(counts, counts, SIZES).reference().distribution();
              int k = (int) row[2];
              int number = (int) row[1];
              assertThat(doubles.distribution().quantile(k, number)).isEqualTo(row[3]);
              assertThat(integers.distribution().quantile(k, number)).isEqualTo(row[4]);
              assertThat(wide.quantile(k, number)).isEqualTo(row[4]);
            });
  }

  @Test
  void theGreatestValueIsAnAtomHoweverManyBins() {
    NumericSummary summary = new NumericSummary(NumericDomain.doubles(), SIZES);
    for (int i = 0; i < 100; i++) {
      summary.addDouble(i);
    }
    summary.addDouble(100, 300);
    Distribution values = summary.distribution();
    for (int number = 2; number <= 100; number++) {
      Bins bins = Bins.of(values, number);
      int atom = bins.size() - 2;
      assertThat(bins.atom(atom)).as("%s bins", number).isTrue();
      assertThat(bins.from(atom)).isEqualTo(100);
      assertThat(bins.count(values)[atom]).isEqualTo(300);
      assertThat(bins.quantilesIn(atom)).isEqualTo(number - (number * 100 + 398) / 399 + 1);
    }
  }

  @Test
  void quantilesBetweenTwoNeighboursAreNoAtom() {
    assertThat(Bins.of(integers(2, i -> BEYOND + i), 10).size()).isEqualTo(2);
    // As it is where doubles tell them apart.
    assertThat(Bins.of(integers(2, i -> i), 10).count(integers(2, i -> i))[0]).isEqualTo(1);
    // But what is several quantiles is one.
    Bins constant = Bins.of(integers(20, i -> BEYOND), 10);
    assertThat(constant.atom(1)).isTrue();
    assertThat(constant.quantilesIn(1)).isEqualTo(11);
  }

  private static Distribution integers(int n, IntToLongFunction value) {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), SIZES);
    for (int i = 0; i < n; i++) {
      summary.addLong(value.applyAsLong(i));
    }
    return summary.distribution();
  }
}
