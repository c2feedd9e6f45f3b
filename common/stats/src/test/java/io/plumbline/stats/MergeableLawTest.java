package io.plumbline.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryTable;
import io.plumbline.stats.moments.Moments;
import io.plumbline.stats.numeric.Distribution;
import io.plumbline.stats.numeric.NumericDomain;
import io.plumbline.stats.numeric.NumericSummary;
import io.plumbline.stats.sample.RowSample;
import io.plumbline.stats.sample.VectorSummary;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law of every summary: cut into 1 to 64 parts, some of them empty, all null or constant, sent
 * over the wire or not, and merged in any order and grouping, it says the same bit for bit as one
 * summary that saw all rows.
 */
class MergeableLawTest {
  private static final int SEEDS = 200;

  /** A summary under the law: how to make, fill, send and read it. */
  record Law<S extends Mergeable<S>>(
      Supplier<S> empty, Filler<S> fill, Reader<S> read, Function<S, String> figures) {}

  interface Filler<S> {
    /** Adds a row; equal rows must be added equally. */
    void add(S summary, Row row);
  }

  interface Reader<S> {
    S read(DataInputStream in) throws IOException;
  }

  /** A row: an identity, a number that may be anything, null or not. */
  record Row(long id, double value, boolean isNull) {}

  static Stream<Arguments> laws() {
    return Stream.of(
            Named.of("Moments of doubles", moments(false)),
            Named.of("Moments of integers", moments(true)),
            Named.of("NumericSummary of doubles", numeric(NumericDomain.doubles(), 1 << 20)),
            Named.of("NumericSummary of integers", numeric(NumericDomain.integers(), 1 << 20)),
            Named.of("NumericSummary of decimals", numeric(NumericDomain.decimals(2), 1 << 20)),
            Named.of("NumericSummary beyond its limit", numeric(NumericDomain.doubles(), 37)),
            Named.of("NumericSummary in batches", batches(NumericDomain.doubles())),
            Named.of("NumericSummary of integers in batches", batches(NumericDomain.integers())),
            Named.of("CategoryCounts", categories()),
            Named.of("RowSample", samples()),
            Named.of("VectorSummary", vectors()))
        .flatMap(law -> IntStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(law, seed)));
  }

  @ParameterizedTest
  @MethodSource("laws")
  <S extends Mergeable<S>> void partsMergeToTheWhole(Law<S> law, int seed) {
    Random random = new Random(seed);
    List<List<Row>> parts = parts(random);
    List<Row> rows = parts.stream().flatMap(List::stream).toList();
    String whole = law.figures.apply(filled(law, rows));

    List<S> summaries = new ArrayList<>();
    for (List<Row> part : parts) {
      List<Row> shuffled = new ArrayList<>(part);
      Collections.shuffle(shuffled, random);
      S summary = filled(law, shuffled);
      summaries.add(random.nextBoolean() ? sent(law, summary) : summary);
    }
    Collections.shuffle(summaries, random);
    while (summaries.size() > 1) {
      S first = summaries.remove(random.nextInt(summaries.size()));
      S second = summaries.get(random.nextInt(summaries.size()));
      second.merge(first);
    }
    S merged = law.empty.get();
    merged.merge(summaries.get(0));
    assertThat(law.figures.apply(merged)).isEqualTo(whole);
  }

  private static <S extends Mergeable<S>> S filled(Law<S> law, List<Row> rows) {
    S summary = law.empty.get();
    rows.forEach(row -> law.fill.add(summary, row));
    return summary;
  }

  private static <S extends Mergeable<S>> S sent(Law<S> law, S summary) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      summary.writeTo(new DataOutputStream(bytes));
      return law.read.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<List<Row>> parts(Random random) {
    int number = 1 + random.nextInt(64);
    List<List<Row>> parts = new ArrayList<>();
    long id = 0;
    for (int p = 0; p < number; p++) {
      int kind = random.nextInt(6);
      int size = kind == 0 ? 0 : 1 + random.nextInt(60);
      double constant = value(random);
      List<Row> part = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        boolean isNull = kind == 1 || random.nextInt(10) == 0;
        part.add(new Row(id++, kind == 2 ? constant : value(random), isNull));
      }
      parts.add(part);
    }
    return parts;
  }

  /** What columns hold: small numbers with ties, huge and denormal ones, and no numbers at all. */
  private static double value(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> Double.NaN;
      case 1 -> random.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
      case 2 -> random.nextBoolean() ? 0.0 : -0.0;
      case 3 -> (random.nextDouble() - 0.5) * 1e300;
      case 4 -> random.nextInt(1000) * Double.MIN_VALUE;
      case 5, 6, 7 -> random.nextInt(5);
      default -> random.nextGaussian() * Math.pow(10, random.nextInt(6));
    };
  }

  private static long integer(Row row) {
    return row.id % 7 == 0 ? Long.MIN_VALUE + row.id : (long) (row.value * 100);
  }

  private static Law<Moments> moments(boolean integers) {
    return new Law<>(
        () -> integers ? Moments.ofIntegers(2) : Moments.ofDoubles(),
        (moments, row) -> {
          if (integers) {
            moments.add(integer(row), 1 + row.id % 3);
          } else if (Double.isFinite(row.value)) {
            moments.add(row.value, 1 + row.id % 3);
          }
        },
        Moments::readFrom,
        m -> m.count() + " " + m.mean() + " " + m.sampleStandardDeviation());
  }

  private static Law<NumericSummary> numeric(NumericDomain domain, int limit) {
    boolean doubles = domain == NumericDomain.doubles();
    return new Law<>(
        () -> new NumericSummary(domain, limit),
        (summary, row) -> {
          if (row.isNull) {
            summary.addNulls(1);
          } else if (doubles && row.id % 5 == 0) {
            summary.addDouble(row.value, 3);
          } else if (doubles) {
            summary.addDouble(row.value);
          } else if (row.id % 5 == 0) {
            summary.addLong(integer(row), 3);
          } else {
            summary.addLong(integer(row));
          }
        },
        in -> NumericSummary.readFrom(in, limit),
        MergeableLawTest::figures);
  }

  /** Each row in a batch with others that say nothing. */
  private static Law<NumericSummary> batches(NumericDomain domain) {
    boolean doubles = domain == NumericDomain.doubles();
    return new Law<>(
        () -> new NumericSummary(domain, 1 << 20),
        (summary, row) -> {
          if (row.isNull) {
            summary.addNulls(1);
          } else if (doubles && row.id % 2 == 0) {
            summary.addDoubles(new double[] {9, row.value, row.value / 3, -row.value, 9}, 1, 4);
          } else if (doubles) {
            summary.addDouble(-row.value);
            summary.addDouble(row.value);
            summary.addDouble(row.value / 3);
          } else if (row.id % 2 == 0) {
            summary.addLongs(new long[] {9, integer(row), row.id << 31, 9}, 1, 3);
          } else {
            summary.addLong(row.id << 31);
            summary.addLong(integer(row));
          }
        },
        in -> NumericSummary.readFrom(in, 1 << 20),
        MergeableLawTest::figures);
  }

  private static String figures(NumericSummary s) {
    Distribution values = s.distribution();
    StringBuilder text =
        new StringBuilder()
            .append(s.repeats())
            .append(List.of(s.rows(), s.nulls(), s.nans(), s.infinities(), s.usable()))
            .append(s.moments().mean())
            .append(' ')
            .append(s.moments().sampleStandardDeviation())
            .append(values.exact());
    for (int k = 0; k <= 40; k++) {
      text.append(' ')
          .append(values.quantile(k, 40))
          .append('±')
          .append(values.quantileBound(k, 40));
    }
    return text.toString();
  }

  private static Law<CategoryCounts> categories() {
    return new Law<>(
        CategoryCounts::new,
        (counts, row) -> {
          if (row.isNull) {
            counts.addNulls(1);
          } else {
            counts.add(Double.toString(row.value).getBytes(StandardCharsets.UTF_8), 1 + row.id % 4);
          }
        },
        CategoryCounts::readFrom,
        counts -> {
          CategoryTable table = CategoryTable.of(counts, new CategoryCounts());
          List<String> names = IntStream.range(0, table.size()).mapToObj(table::name).toList();
          return counts.rows() + " " + counts.nulls() + names + Arrays.toString(table.reference());
        });
  }

  private static Law<RowSample> samples() {
    return new Law<>(
        () -> new RowSample(50),
        // Some rows share a hash.
        (sample, row) -> sample.add((row.id / 2) * 0x9E3779B97F4A7C15L, new double[] {row.value}),
        RowSample::readFrom,
        sample -> Arrays.deepToString(sample.rows()));
  }

  private static Law<VectorSummary> vectors() {
    return new Law<>(
        () -> new VectorSummary(1 << 20, 20),
        (vectors, row) -> {
          if (row.isNull) {
            vectors.addNulls(1);
          } else {
            vectors.add(row.id * 0x9E3779B97F4A7C15L, new double[] {row.value, row.id, -1}, 3);
          }
        },
        in -> VectorSummary.readFrom(in, 1 << 20),
        v -> figures(v.norms()) + Arrays.deepToString(v.sample().rows()));
  }
}
