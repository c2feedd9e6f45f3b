package io.plumbline.benchmarks.stats;

import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.numeric.ValueMemory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a value costs in each summary, beside the least that one could do with it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(SummaryBenchmark.VALUES)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SummaryBenchmark {
  static final int VALUES = 1 << 20;

  private static final int PAGE = 8192;
  private static final int CATEGORIES = 1000;

  private final double[] values = new double[VALUES];
  private final String[] words = new String[VALUES];
  private final byte[][] categories = new byte[VALUES][];
  private ValueMemory memory;

  @Setup
  public void draw() {
    Random random = new Random(1);
    memory =
        new ValueMemory(
            1L << 28,
            () -> {
              throw new IllegalStateException("1,000,000 values have room");
            });
    for (int i = 0; i < VALUES; i++) {
      values[i] = random.nextGaussian();
      words[i] = "merchant_" + random.nextInt(CATEGORIES);
      categories[i] = words[i].getBytes(StandardCharsets.UTF_8);
    }
  }

  @Benchmark
  public double sumPlainly() {
    double sum = 0;
    double squares = 0;
    for (double value : values) {
      sum += value;
      squares += value * value;
    }
    return sum + squares;
  }

  @Benchmark
  public Moments momentsOneByOne() {
    Moments moments = Moments.ofDoubles();
    for (double value : values) {
      moments.add(value, 1);
    }
    return moments;
  }

  @Benchmark
  public Moments momentsByThePage() {
    Moments moments = Moments.ofDoubles();
    for (int from = 0; from < VALUES; from += PAGE) {
      moments.addAll(values, from, from + PAGE);
    }
    return moments;
  }

  @Benchmark
  public double[] sortPlainly() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** With moments, too. */
  @Benchmark
  public long numericSummary() {
    NumericSummary summary = NumericSummary.exact(NumericDomain.doubles(), memory);
    for (int from = 0; from < VALUES; from += PAGE) {
      summary.addDoubles(values, from, from + PAGE);
    }
    long count = summary.distribution().count();
    summary.release();
    return count;
  }

  @Benchmark
  public Map<String, Long> countPlainly() {
    Map<String, Long> counts = new HashMap<>();
    for (String word : words) {
      counts.merge(word, 1L, Long::sum);
    }
    return counts;
  }

  @Benchmark
  public CategoryCounts categoryCounts() {
    CategoryCounts counts = new CategoryCounts();
    for (byte[] category : categories) {
      counts.add(category, 1);
    }
    return counts;
  }
}
