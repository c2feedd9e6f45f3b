package io.plumbline.stats.moments;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * An exact sum of products of two finite doubles, which have twice the digits of a double: so a
 * difference of such sums does not cancel. What is taken out again leaves nothing behind.
 */
public final class ProductSum implements Mergeable<ProductSum> {
  /** What {@link #units} are of 1: a product of doubles is a whole multiple of 2^-2148. */
  public static final BigInteger ONE = DoubleSum.ONE.multiply(DoubleSum.ONE);

  /** Of an object with its sum, beside the limbs. */
  private static final int BYTES = 64;

  private final ExactSum sum = new ExactSum();

  /** Adds a product, {@code times} times; a negative number of times takes it out again. */
  public void add(double first, double second, long times) {
    long a = Significand.of(first);
    long b = Significand.of(second);
    if (a != 0 && b != 0 && times != 0) {
      sum.add(
          Math.multiplyHigh(a, b),
          a * b,
          Significand.position(first) + Significand.position(second),
          (first < 0 != second < 0) != times < 0,
          Math.abs(times));
    }
  }

  /** The sum in units of the square of the least denormal. */
  public BigInteger units() {
    return sum.value();
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + Long.BYTES * sum.size();
  }

  @Override
  public void merge(ProductSum other) {
    sum.merge(other.sum);
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    sum.writeTo(out);
  }

  public static ProductSum readFrom(DataInput in) throws IOException {
    ProductSum read = new ProductSum();
    read.sum.readFrom(in);
    return read;
  }
}
