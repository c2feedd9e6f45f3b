package io.plumbline.stats.moments;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * An exact sum of finite doubles: free of order, and what is taken out again leaves nothing behind.
 * Nothing overflows on the way.
 */
public final class DoubleSum implements Mergeable<DoubleSum> {
  /** What {@link #units} are of 1: every finite double is a whole multiple of 2^-1074. */
  public static final BigInteger ONE = BigInteger.ONE.shiftLeft(Significand.UNIT);

  /** Of an object with its sum, beside the limbs. */
  private static final int BYTES = 64;

  private final ExactSum sum = new ExactSum();

  /** Adds a finite double, {@code times} times; a negative number of times takes it out again. */
  public void add(double value, long times) {
    long significand = Significand.of(value);
    if (significand != 0 && times != 0) {
      boolean negative = value < 0 != times < 0;
      sum.add(0, significand, Significand.position(value), negative, Math.abs(times));
    }
  }

  /** The sum in units of the least denormal. */
  public BigInteger units() {
    return sum.value();
  }

  /**
   * The sum over {@code count}, rounded once; infinite beyond the range of doubles, NaN where there
   * is no row.
   */
  public double over(long count) {
    return count <= 0
        ? Double.NaN
        : Rounding.ratio(units(), ONE.multiply(BigInteger.valueOf(count)));
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + Long.BYTES * sum.size();
  }

  @Override
  public void merge(DoubleSum other) {
    sum.merge(other.sum);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    sum.writeTo(out);
  }

  public static DoubleSum readFrom(DataInput in) throws IOException {
    DoubleSum read = new DoubleSum();
    read.sum.readFrom(in);
    return read;
  }
}
