package io.plumbline.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values that lie narrowly, wherever that is: in cells too a shift by five deviations is seen, and
 * no shift is none, each with a bound that leaves no doubt of it.
 */
class NarrowValuesTest {
  private static final int VALUES = 150_000;
  private static final int LIMIT = 1 << 16;
  private static final double MEDIUM = 0.1;
  private static final double HIGH = 0.25;

  /** A value by one that is normally distributed, moved or not; and a share that stays as it is. */
  private record Shape(
      NumericDomain domain, DoubleUnaryOperator value, double share, DoubleUnaryOperator rest) {
    static Shape doubles(DoubleUnaryOperator value) {
      return new Shape(NumericDomain.doubles(), value, 0, z -> 0);
    }

    static Shape integers(DoubleUnaryOperator value) {
      return new Shape(NumericDomain.integers(), value, 0, z -> 0);
    }

    Shape with(double otherShare, DoubleUnaryOperator other) {
      return new Shape(domain, value, otherShare, other);
    }

    void fill(NumericSummary summary, double shift, long seed) {
      Random random = new Random(seed);
      for (int i = 0; i < VALUES; i++) {
        boolean stays = random.nextDouble() < share;
        double z = random.nextGaussian();
        double one = stays ? rest.applyAsDouble(z) : value.applyAsDouble(z + shift);
        if (domain == NumericDomain.doubles()) {
          summary.addDouble(one);
        } else {
          summary.addLong((long) one);
        }
      }
    }

    Distribution exact(double shift, long seed) {
      NumericSummary summary = new NumericSummary(domain, Integer.MAX_VALUE);
      fill(summary, shift, seed);
      return summary.distribution();
    }

    Distribution approximate(double shift, long seed) {
      NumericSummary summary = NumericSummary.approximate(domain, LIMIT);
      fill(summary, shift, seed);
      return summary.distribution();
    }
  }

  static Stream<Arguments> shapes() {
    Shape price = Shape.doubles(z -> 1e9 + z);
    DoubleUnaryOperator wide = z -> Math.exp(8 * z);
    Map<String, Shape> shapes =
        Map.ofEntries(
            Map.entry("1e9 + N", price),
            Map.entry("-1e9 + N", Shape.doubles(z -> -1e9 + z)),
            Map.entry("Unix seconds", Shape.doubles(z -> 1.7e9 + 20_000 * z)),
            Map.entry("a year", Shape.doubles(z -> 2024 + z / 10)),
            Map.entry("latitude", Shape.doubles(z -> 48 + .02 * z)),
            Map.entry("over a power of two", Shape.doubles(z -> (1 << 30) + z)),
            Map.entry("denormal", Shape.doubles(z -> (1e9 + 1e5 * z) * Double.MIN_VALUE)),
            Map.entry("huge", Shape.doubles(z -> 1e308 * (1 + 1e-7 * z))),
            Map.entry("floats", Shape.doubles(z -> (float) (1e4 + z))),
            Map.entry("tiny noise", Shape.doubles(z -> 1 + 1e-9 * z)),
            Map.entry("mostly zero", price.with(0.5, z -> 0)),
            Map.entry("with wide values", price.with(0.1, wide)),
            Map.entry("with standard normal ones", price.with(0.3, z -> z)),
            Map.entry("Unix milliseconds", Shape.integers(z -> 1.7e12 + 1e8 * z)),
            Map.entry("negative", Shape.integers(z -> -5e12 + 1e6 * z)),
            Map.entry("beyond 2^53", Shape.integers(z -> 1e18 + 1e6 * z)),
            Map.entry("heavy tail", Shape.integers(z -> Math.exp(15 + 3 * z))),
            Map.entry(
                "decimals", new Shape(NumericDomain.decimals(2), z -> 1e11 + 1e5 * z, 0, z -> 0)));
    return shapes.entrySet().stream()
        .map(entry -> Arguments.of(Named.of(entry.getKey(), entry.getValue())));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aShiftIsSeen(Shape shape) {
    Distribution reference = shape.approximate(0, 1);
    Distribution current = shape.approximate(5, 2);
    BinnedComparison bins = compared(reference, current);
    assertThat(bins.psi() - bins.psiBound()).isGreaterThan(HIGH);
    TwoSampleWalk walk = TwoSampleWalk.of(reference, current);
    assertThat(walk.wassersteinBound()).isLessThan(walk.wasserstein() / 20);
    BeyondTheLimitTest.assertWithinBound(shape.exact(0, 1), shape.exact(5, 2), reference, current);
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void noShiftIsNone(Shape shape) {
    Distribution reference = shape.approximate(0, 1);
    Distribution current = shape.approximate(0, 2);
    BinnedComparison bins = compared(reference, current);
    assertThat(bins.psi() + bins.psiBound()).isLessThan(MEDIUM);
    assertThat(TwoSampleWalk.of(reference, current).ksBound()).isLessThan(0.01);
    BeyondTheLimitTest.assertWithinBound(shape.exact(0, 1), shape.exact(0, 2), reference, current);
  }

  private static BinnedComparison compared(Distribution reference, Distribution current) {
    return BinnedComparison.of(Bins.of(reference, 10), reference, current);
  }
}
