package io.plumbline.stats.moments;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Mean and sample standard deviation without accumulated rounding: the sums of the values and of
 * their squares are exact, so that they do not depend on order or grouping, and each result is the
 * double nearest to the true one. Nothing overflows on the way: values of 1e300 and denormals are
 * as good as any.
 *
 * <p>An instance takes either doubles or integers; integers may stand for decimals, {@code unscaled
 * / 10^scale}.
 */
public final class Moments implements Mergeable<Moments> {
  /** Of an object with its two sums, beside their limbs. */
  private static final int BYTES = 144;

  /** Bits of an integer that is added, at most, beside its sign: a decimal of 38 digits has 127. */
  public static final int INTEGER_BITS = 127;

  private static final long INT_MASK = 0xFFFF_FFFFL;

  private final boolean integers;
  private final int scale;
  private final ExactSum sum = new ExactSum();
  private final ExactSum squares = new ExactSum();
  private ByExponent byExponent;
  private long count;

  private Moments(boolean integers, int scale) {
    this.integers = integers;
    this.scale = scale;
  }

  /** Empty moments of doubles. */
  public static Moments ofDoubles() {
    return new Moments(false, 0);
  }

  /** Empty moments of integers that stand for {@code value / 10^scale}. */
  public static Moments ofIntegers(int scale) {
    return new Moments(true, scale);
  }

  /**
   * Adds a finite double, {@code times} times; a negative number of times takes it out again, so
   * that nothing of it is left.
   *
   * @return by how many bytes of memory the moments have grown
   */
  public int add(double value, long times) {
    count += times;
    boolean out = times < 0;
    long magnitude = Math.abs(times);
    long significand = Significand.of(value);
    if (significand == 0) {
      return 0;
    }
    int position = Significand.position(value);
    int grown = sum.add(0, significand, position, value < 0 != out, magnitude);
    return grown
        + squares.add(
            Math.multiplyHigh(significand, significand),
            significand * significand,
            2 * position,
            out,
            magnitude);
  }

  /**
   * Adds finite doubles, each once: a fraction of the time that adding them one by one takes.
   *
   * @param values of which those from {@code from} to {@code to}, without, are added
   */
  public void addAll(double[] values, int from, int to) {
    if (byExponent == null) {
      byExponent = new ByExponent(sum, squares);
    }
    count += to - from;
    byExponent.addAll(values, from, to);
  }

  /**
   * Adds integers, each once.
   *
   * @param values of which those from {@code from} to {@code to}, without, are added; fewer than
   *     2^31
   */
  public void addAll(long[] values, int from, int to) {
    // Of magnitudes up to 2^31 the sums of all cannot overflow.
    long total = 0;
    long squaresLow = 0;
    long squaresHigh = 0;
    for (int i = from; i < to; i++) {
      long value = values[i];
      if (value == (int) value) {
        long square = value * value;
        total += value;
        squaresLow += square & INT_MASK;
        squaresHigh += square >>> 32;
        count++;
      } else {
        add(value, 1);
      }
    }
    sum.add(0, Math.abs(total), 0, total < 0, 1);
    squares.add(0, squaresLow, 0, false, 1);
    squares.add(0, squaresHigh, 32, false, 1);
  }

  /** Adds an integer, {@code times} times. */
  public void add(long value, long times) {
    count += times;
    // The magnitude of the least long is 2^63: right, when read as unsigned.
    long magnitude = Math.abs(value);
    sum.add(0, magnitude, 0, value < 0, times);
    long high = Math.multiplyHigh(magnitude, magnitude);
    squares.add(high, magnitude * magnitude, 0, false, times);
  }

  /** Adds an integer of at most 127 bits, {@code times} times. */
  public void add(BigInteger value, long times) {
    if (value.bitLength() > INTEGER_BITS) {
      throw new IllegalArgumentException("more than 127 bits: " + value);
    }
    count += times;
    deposit(sum, value.abs(), value.signum() < 0, times);
    deposit(squares, value.multiply(value), false, times);
  }

  private static void deposit(ExactSum into, BigInteger magnitude, boolean negative, long times) {
    int words = magnitude.bitLength() / Long.SIZE + 1;
    for (int word = 0; word < words; word++) {
      long bits = magnitude.shiftRight(word * Long.SIZE).longValue();
      into.add(0, bits, word * Long.SIZE, negative, times);
    }
  }

  /** What was added by {@link #addAll} may not be in the sums yet; only its own thread adds so. */
  private void settle() {
    if (byExponent != null) {
      byExponent.empty();
    }
  }

  @Override
  public void merge(Moments other) {
    if (integers != other.integers || scale != other.scale) {
      throw new IllegalArgumentException("moments of different kinds of numbers");
    }
    settle();
    other.settle();
    count += other.count;
    sum.merge(other.sum);
    squares.merge(other.squares);
  }

  /**
   * The same of integers that stand for decimals of a greater scale.
   *
   * @throws IllegalStateException if these are not of integers
   */
  public Moments inScale(int greater) {
    BigInteger factor = BigInteger.TEN.pow(greater - scale);
    return converted(ofIntegers(greater), factor, BigInteger.ONE);
  }

  /**
   * The same of the doubles that integers or decimals are, each sum to the last bit of the least
   * double.
   *
   * @throws IllegalStateException if these are not of integers
   */
  public Moments inDoubles() {
    return converted(ofDoubles(), DoubleSum.ONE, unit());
  }

  private Moments converted(Moments into, BigInteger factor, BigInteger divisor) {
    if (!integers) {
      throw new IllegalStateException("moments of doubles have no other form");
    }
    settle();
    into.count = count;
    BigInteger total = sum.value().multiply(factor).divide(divisor);
    deposit(into.sum, total.abs(), total.signum() < 0, 1);
    BigInteger ofSquares = squares.value().multiply(factor.pow(2)).divide(divisor.pow(2));
    deposit(into.squares, ofSquares, false, 1);
    return into;
  }

  /** About how many bytes of memory they take. */
  public int bytes() {
    int gathered = byExponent == null ? 0 : byExponent.bytes();
    return BYTES + Long.BYTES * (sum.size() + squares.size()) + gathered;
  }

  /** The number of values. */
  public long count() {
    return count;
  }

  /** The mean, rounded once; NaN without a value. */
  public double mean() {
    settle();
    return count == 0 ? Double.NaN : Rounding.ratio(sum.value(), unit().multiply(big(count)));
  }

  /**
   * The sample standard deviation, {@code sqrt((n * sum(x^2) - sum(x)^2) / (n * (n - 1)))}, rounded
   * once; NaN with fewer than two values, infinite beyond the range of doubles.
   */
  public double sampleStandardDeviation() {
    if (count < 2) {
      return Double.NaN;
    }
    settle();
    BigInteger total = sum.value();
    BigInteger n = big(count);
    BigInteger numerator = n.multiply(squares.value()).subtract(total.multiply(total));
    BigInteger denominator = n.multiply(big(count - 1)).multiply(unit()).multiply(unit());
    return Rounding.squareRootOfRatio(numerator, denominator);
  }

  private BigInteger unit() {
    return integers ? BigInteger.TEN.pow(scale) : DoubleSum.ONE;
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    settle();
    out.writeBoolean(integers);
    out.writeByte(scale);
    out.writeLong(count);
    sum.writeTo(out);
    squares.writeTo(out);
  }

  public static Moments readFrom(DataInput in) throws IOException {
    Moments moments = new Moments(in.readBoolean(), in.readByte());
    moments.count = in.readLong();
    moments.sum.readFrom(in);
    moments.squares.readFrom(in);
    return moments;
  }
}
