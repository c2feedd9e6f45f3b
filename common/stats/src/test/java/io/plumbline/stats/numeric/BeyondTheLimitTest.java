package io.plumbline.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the values do not fit, every figure is within its stated bound of the exact one. */
class BeyondTheLimitTest {
  private static final int VALUES = 30_000;

  static Stream<Arguments> shapes() {
    DoubleUnaryOperator same = z -> z;
    DoubleUnaryOperator exponential = Math::exp;
    DoubleUnaryOperator mostlyZero = z -> z < 0.5 ? 0 : z;
    DoubleUnaryOperator narrow = z -> 50 + z / 1000;
    DoubleUnaryOperator huge = z -> z * 1e307;
    return Stream.of(same, exponential, mostlyZero, narrow, huge)
        .flatMap(
            shape ->
                Stream.of(20, 500, 5000)
                    .flatMap(
                        limit ->
                            Stream.of(0.0, 0.02, 0.7)
                                .map(shift -> Arguments.of(shape, limit, shift))));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void theErrorIsWithinTheBound(DoubleUnaryOperator shape, int limit, double shift) {
    Distribution reference = sample(shape, 0, 1, limit);
    assertThat(reference.exact()).isFalse();
    assertWithinBound(
        sample(shape, 0, 1, VALUES),
        sample(shape, shift, 2, VALUES),
        reference,
        sample(shape, shift, 2, limit));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void soItIsInAHistogram(DoubleUnaryOperator shape, int limit, double shift) {
    int distinct = limit < 100 ? 1 << 9 : limit < 1000 ? 1 << 11 : 1 << 13;
    Distribution reference = histogram(shape, 0, 1, distinct);
    assertThat(reference.exact()).isFalse();
    assertWithinBound(
        sample(shape, 0, 1, VALUES),
        sample(shape, shift, 2, VALUES),
        reference,
        histogram(shape, shift, 2, distinct));
    // One side may be known better than the other.
    assertWithinBound(
        sample(shape, 0, 1, VALUES),
        sample(shape, shift, 2, VALUES),
        histogram(shape, 0, 1, distinct),
        sample(shape, shift, 2, VALUES));
  }

  static void assertWithinBound(
      Distribution exactReference,
      Distribution exactCurrent,
      Distribution reference,
      Distribution current) {
    assertThat(exactReference.exact()).isTrue();
    TwoSampleWalk exact = TwoSampleWalk.of(exactReference, exactCurrent);
    assertThat(exact.ksBound()).isZero();
    assertThat(exact.wassersteinBound()).isZero();
    TwoSampleWalk walk = TwoSampleWalk.of(reference, current);
    assertThat(exact.ksStatistic())
        .isBetween(walk.ksStatistic(), walk.ksStatistic() + walk.ksBound());
    assertThat(Math.abs(exact.wasserstein() - walk.wasserstein()))
        .isLessThanOrEqualTo(walk.wassersteinBound() + 1e-12 * exact.wasserstein());

    BinnedComparison exactBins =
        BinnedComparison.of(Bins.of(exactReference, 10), exactReference, exactCurrent);
    BinnedComparison bins = BinnedComparison.of(Bins.of(reference, 10), reference, current);
    assertThat(Math.abs(exactBins.psi() - bins.psi())).isLessThanOrEqualTo(bins.psiBound());
    assertThat(Math.abs(exactBins.jsDistance() - bins.jsDistance()))
        .isLessThanOrEqualTo(bins.jsBound() + 1e-12);
    assertThat(Math.abs(exactBins.psiPValue() - bins.psiPValue()))
        .isLessThanOrEqualTo(bins.psiPValueBound() + 1e-12);
    for (int k = 0; k <= 20; k++) {
      assertThat(Math.abs(exactReference.quantile(k, 20) - reference.quantile(k, 20)))
          .isLessThanOrEqualTo(reference.quantileBound(k, 20));
    }
  }

  @Test
  void whatIsFarBeyondNoiseIsSoWithinItsBoundToo() {
    Distribution reference = histogram(z -> z, 0, 1, 512);
    Distribution current = histogram(z -> z, 0.7, 2, 512);
    BinnedComparison bins = BinnedComparison.of(Bins.of(reference, 10), reference, current);
    assertThat(reference.exact()).isFalse();
    assertThat(bins.psiBound()).isPositive();
    assertThat(bins.psiPValue() + bins.psiPValueBound()).isLessThan(1e-9);
  }

  @Test
  void cellsOfOneValueEachAreExactAtAnyLevel() {
    NumericSummary reference = NumericSummary.approximate(NumericDomain.doubles(), 512);
    NumericSummary current = NumericSummary.approximate(NumericDomain.doubles(), 512);
    for (int i = 0; i < 1000; i++) {
      reference.addDouble(i % 10);
      current.addDouble(i % 9);
    }
    assertNoBound(reference.distribution(), current.distribution());
  }

  @Test
  void cellsThatNoCutDividesLeaveNothingOfTheBinsOpen() {
    // Between the cuts at 1, 2, ... there are several values in a cell.
    NumericSummary current = NumericSummary.approximate(NumericDomain.doubles(), 512);
    NumericSummary reference = new NumericSummary(NumericDomain.doubles(), 1 << 20);
    for (int i = 0; i < 11_000; i++) {
      reference.addDouble(i % 11);
      current.addDouble(i % 10 + 0.5 + i / 10 % 300 * 1e-9);
    }
    assertThat(current.distribution().exact()).isFalse();
    assertNoBound(reference.distribution(), current.distribution());
  }

  private static void assertNoBound(Distribution reference, Distribution current) {
    BinnedComparison bins = BinnedComparison.of(Bins.of(reference, 10), reference, current);
    assertThat(bins.psi()).isPositive();
    assertThat(bins.psiBound()).isZero();
    assertThat(bins.psiPValueBound()).isZero();
    assertThat(bins.jsBound()).isZero();
  }

  private static Distribution histogram(
      DoubleUnaryOperator shape, double shift, int seed, int limit) {
    return sample(shape, shift, seed, NumericSummary.approximate(NumericDomain.doubles(), limit));
  }

  private static Distribution sample(DoubleUnaryOperator shape, double shift, int seed, int limit) {
    return sample(shape, shift, seed, new NumericSummary(NumericDomain.doubles(), limit));
  }

  private static Distribution sample(
      DoubleUnaryOperator shape, double shift, int seed, NumericSummary summary) {
    Random random = new Random(seed);
    for (int i = 0; i < VALUES; i++) {
      summary.addDouble(shape.applyAsDouble(random.nextGaussian() + shift));
    }
    return summary.distribution();
  }

  @Test
  void fewDistinctValuesStayExactHoweverManyRows() {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), 100);
    for (int i = 0; i < 100_000; i++) {
      summary.addLong(i % 100);
    }
    assertThat(summary.distribution().exact()).isTrue();
    assertThat(summary.distribution().quantile(1, 2)).isEqualTo(49.5);
  }

  @Test
  void integersFarBeyondDoublesAreBinnedExactly() {
    NumericSummary summary = new NumericSummary(NumericDomain.integers(), 1000);
    long base = Long.MAX_VALUE - 100;
    for (int i = 0; i <= 100; i++) {
      summary.addLong(base + i);
    }
    Bins bins = Bins.of(summary.distribution(), 10);
    assertThat(bins.count(summary.distribution()))
        .containsExactly(10, 10, 10, 10, 10, 10, 10, 10, 10, 11);
    TwoSampleWalk walk = TwoSampleWalk.of(summary.distribution(), summary.distribution());
    assertThat(walk.ksStatistic()).isZero();
    assertThat(walk.wasserstein()).isZero();
  }
}
