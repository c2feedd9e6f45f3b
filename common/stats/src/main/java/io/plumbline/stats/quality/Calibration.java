package io.plumbline.stats.quality;

import io.plumbline.stats.Mergeable;
import io.plumbline.stats.moments.DoubleSum;
import io.plumbline.stats.moments.Rounding;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * Whether scores are the probabilities that they pass for: the expected calibration error (Naeini,
 * Cooper and Hauskrecht, AAAI 2015) over ten bins (a, b] of equal width, the first closed.
 */
public final class Calibration implements Mergeable<Calibration> {
  private static final int BINS = 10;

  /** As {@code numpy.linspace} has them: the edge after three bins is 0.30000000000000004. */
  private static final double WIDTH = 1.0 / BINS;

  private static final int BYTES = 80;

  /** Of each bin, hits less scores; null: none has come. */
  private final DoubleSum[] excess = new DoubleSum[BINS];

  private long count;

  /**
   * Adds a labelled prediction, {@code times} times; a negative number of times takes it out again.
   *
   * @param score 0 to 1
   * @param hit whether that came true which the score is the probability of
   */
  public void add(double score, boolean hit, long times) {
    count += times;
    int bin = bin(score);
    if (excess[bin] == null) {
      excess[bin] = new DoubleSum();
    }
    excess[bin].add(score, -times);
    if (hit) {
      excess[bin].add(1, times);
    }
  }

  private static int bin(double score) {
    int bin = 0;
    while (bin < BINS - 1 && score > (bin + 1) * WIDTH) {
      bin++;
    }
    return bin;
  }

  public long count() {
    return count;
  }

  /**
   * {@code sum over bins of n(b) / n * |mean hit - mean score|}, which is {@code sum |hits - sum of
   * scores| / n}: exact, rounded once; NaN without a prediction.
   */
  public double expectedError() {
    if (count <= 0) {
      return Double.NaN;
    }
    BigInteger total = BigInteger.ZERO;
    for (DoubleSum sum : excess) {
      if (sum != null) {
        total = total.add(sum.units().abs());
      }
    }
    return Rounding.ratio(total, DoubleSum.ONE.multiply(BigInteger.valueOf(count)));
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    int bytes = BYTES;
    for (DoubleSum sum : excess) {
      bytes += sum == null ? 0 : sum.bytes();
    }
    return bytes;
  }

  @Override
  public void merge(Calibration other) {
    count += other.count;
    for (int bin = 0; bin < BINS; bin++) {
      if (other.excess[bin] != null) {
        if (excess[bin] == null) {
          excess[bin] = new DoubleSum();
        }
        excess[bin].merge(other.excess[bin]);
      }
    }
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    VarLong.writeSigned(count, out);
    for (DoubleSum sum : excess) {
      // A sum of nothing is written as one that is not there: the bytes are those of what counts.
      boolean there = sum != null && sum.units().signum() != 0;
      out.writeBoolean(there);
      if (there) {
        sum.writeTo(out);
      }
    }
  }

  public static Calibration readFrom(DataInput in) throws IOException {
    Calibration calibration = new Calibration();
    calibration.count = VarLong.readSigned(in);
    for (int bin = 0; bin < BINS; bin++) {
      if (in.readBoolean()) {
        calibration.excess[bin] = DoubleSum.readFrom(in);
      }
    }
    return calibration;
  }
}
