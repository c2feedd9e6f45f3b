package io.plumbline.stats.moments;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums are exact whatever the sizes, signs and order of the values, and take what these need. */
class MomentsTest {
  private static final double[] EXTREMES = {
    Double.MAX_VALUE,
    -Double.MAX_VALUE,
    Double.MIN_VALUE,
    -Double.MIN_VALUE,
    Double.MIN_NORMAL,
    0x1p-537,
    -0x1p511,
    1,
    -1,
    0
  };

  private static double any(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> EXTREMES[random.nextInt(EXTREMES.length)];
      case 1 -> Math.scalb(random.nextDouble() - 0.5, random.nextInt(2000) - 1000);
      default -> random.nextGaussian() * 100;
    };
  }

  private static byte[] bytes(Moments moments) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    moments.writeTo(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Moments read(byte[] bytes) throws IOException {
    return Moments.readFrom(new DataInputStream(new ByteArrayInputStream(bytes)));
  }

  /** By another way: decimals, which have every double exactly. */
  private static double mean(List<Double> values) {
    BigDecimal sum = values.stream().map(BigDecimal::new).reduce(BigDecimal.ZERO, BigDecimal::add);
    return sum.divide(BigDecimal.valueOf(values.size()), new MathContext(2200)).doubleValue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void theMeanIsThatOfDecimalsAndTheBytesDoNotDependOnTheOrder(long seed) throws IOException {
    Random random = new Random(seed);
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      values.add(any(random));
    }
    Moments moments = Moments.ofDoubles();
    values.forEach(value -> moments.add(value, 1));
    assertThat(moments.mean()).isEqualTo(mean(values));
    byte[] written = bytes(moments);
    for (int shuffle = 0; shuffle < 10; shuffle++) {
      Collections.shuffle(values, random);
      Moments merged = Moments.ofDoubles();
      for (int from = 0; from < values.size(); from += 20) {
        Moments part = Moments.ofDoubles();
        values.subList(from, from + 20).forEach(value -> part.add(value, 1));
        merged.merge(random.nextBoolean() ? part : read(bytes(part)));
      }
      assertThat(bytes(merged)).isEqualTo(written);
      assertThat(merged.sampleStandardDeviation()).isEqualTo(moments.sampleStandardDeviation());
    }
    assertThat(bytes(read(written))).isEqualTo(written);
    assertThat(read(written).mean()).isEqualTo(moments.mean());
  }

  @Test
  void negativeSumsAndSumsOfNothingAreWrittenShort() throws IOException {
    Moments negative = Moments.ofDoubles();
    negative.add(-1.5, 1);
    negative.add(-0x1p-40, 1);
    assertThat(bytes(negative)).hasSizeLessThan(150);
    assertThat(read(bytes(negative)).mean()).isEqualTo((-1.5 - 0x1p-40) / 2);
    Moments nothing = Moments.ofDoubles();
    nothing.add(5, 1);
    nothing.add(-5, 1);
    assertThat(nothing.mean()).isZero();
    assertThat(read(bytes(nothing)).mean()).isZero();
  }

  @Test
  void carriesGoBeyondTheLimbsThatWereThere() {
    long times = 1L << 38;
    Moments moments = Moments.ofDoubles();
    for (int i = 0; i < 8; i++) {
      moments.add(Double.MAX_VALUE, times);
      moments.add(-Double.MAX_VALUE, times - 1);
    }
    assertThat(moments.mean())
        .isEqualTo(
            new BigDecimal(Double.MAX_VALUE)
                .multiply(BigDecimal.valueOf(8))
                .divide(BigDecimal.valueOf(moments.count()), new MathContext(2000))
                .doubleValue());
  }

  @Test
  void numbersOfLikeSizeTakeAFractionOfWhatAllDoublesWould() {
    Random random = new Random(1);
    Moments moments = Moments.ofDoubles();
    for (int i = 0; i < 10_000; i++) {
      moments.add(random.nextGaussian() * 100, 1);
    }
    assertThat(moments.bytes()).isLessThan(500);
    int before = moments.bytes();
    int grown = moments.add(1e300, 1);
    assertThat(moments.add(1e300, 1)).isZero();
    assertThat(moments.bytes()).isEqualTo(before + grown).isBetween(1000, 2000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void addedAtOnceTheyAreThoseOfOneByOne(long seed) throws IOException {
    Random random = new Random(seed);
    double[] values = random.doubles(20_000).map(value -> any(random)).toArray();
    Moments atOnce = Moments.ofDoubles();
    Moments oneByOne = Moments.ofDoubles();
    for (int from = 0; from < values.length; ) {
      int to = Math.min(values.length, from + 1 + random.nextInt(5_000));
      atOnce.addAll(values, from, to);
      from = to;
    }
    for (double value : values) {
      oneByOne.add(value, 1);
    }
    assertThat(bytes(atOnce)).isEqualTo(bytes(oneByOne));
  }

  @Test
  void addedAtOnceNumbersOfLikeSizeTakeLittleAsWell() {
    double[] values = new Random(1).doubles(10_000, -100, 100).toArray();
    values[0] = 0;
    Moments moments = Moments.ofDoubles();
    moments.addAll(values, 0, values.length);
    assertThat(moments.bytes()).isLessThan(2500);
    moments.addAll(new double[] {1e300}, 0, 1);
    assertThat(moments.bytes()).isLessThan(50_000);
  }
}
