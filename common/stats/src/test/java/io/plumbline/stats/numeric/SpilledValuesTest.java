package io.plumbline.stats.numeric;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What had no room in memory says the same, bit for bit, as what had. */
class SpilledValuesTest {
  /** The least there can be: 49,152 keys at once, of which 16,384 are sorted together. */
  private static final long LITTLE = 0;

  private static final long PLENTY = 1 << 28;
  private static final int VALUES = 560_000;

  @TempDir Path folder;
  private final AtomicInteger files = new AtomicInteger();

  private ValueMemory memory(long bytes) {
    return new ValueMemory(bytes, () -> folder.resolve("values-" + files.incrementAndGet()));
  }

  static Stream<Arguments> shapes() {
    DoubleUnaryOperator distinct = z -> z;
    DoubleUnaryOperator mostlyZero = z -> z < 0.5 ? 0 : z;
    DoubleUnaryOperator few = z -> Math.round(z * 3);
    DoubleUnaryOperator extreme = z -> z > 1 ? Double.MAX_VALUE : z < -1 ? -Double.MIN_VALUE : -0.0;
    DoubleUnaryOperator many = z -> Math.round(z * 10_000);
    return Stream.of(distinct, mostlyZero, few, extreme, many)
        .flatMap(shape -> Stream.of(0.02, 3.0).map(shift -> Arguments.of(shape, shift)));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void littleMemoryChangesNoDigit(DoubleUnaryOperator shape, double shift) throws Exception {
    assertThat(figures(shape, shift, LITTLE)).isEqualTo(figures(shape, shift, PLENTY));
    assertThat(files.get()).isPositive();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void manySummariesOfFewValuesNeedNoFiles() {
    ValueMemory memory = memory(32 << 20);
    Random random = new Random(1);
    List<NumericSummary> segments = new ArrayList<>();
    for (int segment = 0; segment < 20_000; segment++) {
      NumericSummary summary = NumericSummary.exact(NumericDomain.doubles(), memory);
      double[] values = random.doubles(60).toArray();
      summary.addDoubles(values, 0, values.length);
      segments.add(summary);
    }
    assertThat(files.get()).isZero();
    for (NumericSummary summary : segments) {
      assertThat(summary.distribution().count()).isEqualTo(60);
      summary.release();
    }
  }

  private List<Object> figures(DoubleUnaryOperator shape, double shift, long bytes) {
    ValueMemory memory = memory(bytes);
    NumericSummary reference = sample(shape, 0, 1, memory);
    NumericSummary current = sample(shape, shift, 2, memory);
    Distribution r = reference.distribution();
    Distribution c = current.distribution();
    List<Object> figures = new ArrayList<>();
    for (int k = 0; k <= 40; k++) {
      figures.add(r.quantile(k, 40));
      figures.add(c.quantile(k, 40));
    }
    figures.addAll(List.of(r.count(), c.count(), r.min(), r.max(), c.min(), c.max(), r.exact()));
    figures.add(TwoSampleWalk.of(r, c));
    BinnedComparison bins = BinnedComparison.of(Bins.of(r, 10), r, c);
    figures.addAll(List.of(bins.psi(), bins.jsDistance(), bins.psiPValue()));
    figures.add(Arrays.toString(bins.reference()));
    figures.add(Arrays.toString(bins.current()));
    Cells cells = c.cells(1000);
    figures.addAll(List.of(cells.level(), cells.size(), Arrays.toString(cells.count())));
    figures.add(Arrays.toString(cells.low()) + Arrays.toString(cells.high()));
    figures.add(reference.moments().mean());
    figures.add(current.moments().sampleStandardDeviation());
    reference.release();
    current.release();
    return figures;
  }

  /** As columns come: in batches, one by one, and from dictionaries with their counts. */
  private static NumericSummary sample(
      DoubleUnaryOperator shape, double shift, int seed, ValueMemory memory) {
    Random random = new Random(seed);
    NumericSummary summary = NumericSummary.exact(NumericDomain.doubles(), memory);
    summary.expect(VALUES);
    double[] batch = new double[1000];
    for (int i = 0; i < VALUES; i += batch.length) {
      for (int k = 0; k < batch.length; k++) {
        batch[k] = shape.applyAsDouble(random.nextGaussian() + shift);
      }
      if (i % 7000 == 0) {
        for (double value : batch) {
          summary.addDouble(value, 1 + random.nextInt(3));
        }
      } else if (i % 5000 == 0) {
        for (double value : batch) {
          summary.addDouble(value);
        }
      } else {
        summary.addDoubles(batch, 0, batch.length);
      }
    }
    return summary;
  }

  @Test
  void itAgreesWithValuesInBoundedMemory() {
    Distribution exact = sample(z -> z, 0, 1, memory(LITTLE)).distribution();
    Random random = new Random(5);
    NumericSummary bounded = new NumericSummary(NumericDomain.doubles(), 1 << 20);
    NumericSummary spilled = NumericSummary.exact(NumericDomain.doubles(), memory(LITTLE));
    for (int i = 0; i < 100_000; i++) {
      double value = random.nextInt(70_000) / 7.0;
      bounded.addDouble(value);
      spilled.addDouble(value);
    }
    assertThat(spilled.distribution().cells(Integer.MAX_VALUE))
        .usingRecursiveComparison()
        .isEqualTo(bounded.distribution().cells(Integer.MAX_VALUE));
    assertThat(TwoSampleWalk.of(exact, spilled.distribution()))
        .isEqualTo(TwoSampleWalk.of(exact, bounded.distribution()));
  }

  @Test
  void moreMayComeAfterALook() {
    NumericSummary little = NumericSummary.exact(NumericDomain.integers(), memory(LITTLE));
    NumericSummary plenty = NumericSummary.exact(NumericDomain.integers(), memory(PLENTY));
    Random random = new Random(9);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 50_000; i++) {
        long value = random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(100);
        little.addLong(value);
        plenty.addLong(value);
      }
      little.addLong(7, 3_000_000_000L);
      plenty.addLong(7, 3_000_000_000L);
      assertThat(little.distribution().cells(500))
          .usingRecursiveComparison()
          .isEqualTo(plenty.distribution().cells(500));
      assertThat(little.distribution().quantile(999, 1000))
          .isEqualTo(plenty.distribution().quantile(999, 1000));
    }
    assertThat(little.moments().mean()).isEqualTo(plenty.moments().mean());
  }
}
