package io.plumbline.stats.quantile;

import io.plumbline.stats.Mergeable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Counts of whole numbers from 0 on in buckets whose width grows with the number: below 64 each
 * number has its own, above them every power of two is cut into 32. So a quantile is within 1/64 of
 * the true one, whatever the range, and merging adds counts. (The layout is that of Tene's
 * HdrHistogram with five bits of a bucket's own.)
 */
public final class LogLinearHistogram implements Mergeable<LogLinearHistogram> {
  private static final int BITS = 5;

  /** Of an object with its two arrays, beside their elements. */
  private static final int BYTES = 72;

  private int[] buckets = new int[8];
  private long[] counts = new long[8];
  private int size;
  private long total;

  /**
   * Adds a number, {@code times} times; one below 0 counts as 0. A negative number of times takes
   * it out again, so that nothing of it is left.
   */
  public void add(long number, long times) {
    addTo(bucket(Math.max(0, number)), times);
  }

  private void addTo(int bucket, long times) {
    total += times;
    int at = Arrays.binarySearch(buckets, 0, size, bucket);
    if (at >= 0) {
      counts[at] += times;
      if (counts[at] == 0) {
        remove(at);
      }
      return;
    }
    if (times == 0) {
      return;
    }
    if (size == buckets.length) {
      buckets = Arrays.copyOf(buckets, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    int place = -at - 1;
    System.arraycopy(buckets, place, buckets, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    buckets[place] = bucket;
    counts[place] = times;
    size++;
  }

  private void remove(int at) {
    size--;
    System.arraycopy(buckets, at + 1, buckets, at, size - at);
    System.arraycopy(counts, at + 1, counts, at, size - at);
  }

  private static int bucket(long number) {
    int shift = Long.SIZE - Long.numberOfLeadingZeros(number) - BITS - 1;
    return shift <= 0 ? (int) number : (shift << BITS) + (int) (number >>> shift);
  }

  private static long least(int bucket) {
    int shift = Math.max(0, (bucket >> BITS) - 1);
    return (long) (bucket - (shift << BITS)) << shift;
  }

  private static long width(int bucket) {
    return 1L << Math.max(0, (bucket >> BITS) - 1);
  }

  /** About how many bytes of memory it takes. */
  public int bytes() {
    return BYTES + (Integer.BYTES + Long.BYTES) * buckets.length;
  }

  /** How many numbers were added. */
  public long count() {
    return total;
  }

  /**
   * The number that a share {@code q} of all does not exceed: the middle of its bucket; NaN without
   * one.
   */
  public double quantile(double q) {
    return total == 0 ? Double.NaN : middle(bucketOf(q));
  }

  /** How far {@link #quantile} may be from the truth. */
  public double quantileBound(double q) {
    return total == 0 ? 0 : halfWidth(bucketOf(q));
  }

  /**
   * The number at a share {@code q} of the way through the sorted numbers, interpolated linearly
   * between the two nearest as {@code numpy.percentile} does; NaN without one.
   */
  public double interpolatedQuantile(double q) {
    if (total == 0) {
      return Double.NaN;
    }
    double index = (total - 1) * q;
    long rank = (long) index;
    double low = middle(bucketOfRank(rank + 1));
    double high = middle(bucketOfRank(Math.min(rank + 2, total)));
    return low + (high - low) * (index - rank);
  }

  /** How far {@link #interpolatedQuantile} may be from the truth. */
  public double interpolatedQuantileBound(double q) {
    if (total == 0) {
      return 0;
    }
    double index = (total - 1) * q;
    long rank = (long) index;
    double low = halfWidth(bucketOfRank(rank + 1));
    double high = halfWidth(bucketOfRank(Math.min(rank + 2, total)));
    return low + (high - low) * (index - rank);
  }

  private static double middle(int bucket) {
    return least(bucket) + halfWidth(bucket);
  }

  private static double halfWidth(int bucket) {
    return (width(bucket) - 1) / 2.0;
  }

  private int bucketOf(double q) {
    return bucketOfRank(Math.max(1, (long) Math.ceil(q * total)));
  }

  private int bucketOfRank(long rank) {
    long seen = 0;
    for (int i = 0; i < size; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return buckets[i];
      }
    }
    return buckets[size - 1];
  }

  @Override
  public void merge(LogLinearHistogram other) {
    for (int i = 0; i < other.size; i++) {
      addTo(other.buckets[i], other.counts[i]);
    }
  }

  @Override
  public void writeTo(DataOutput out) throws IOException {
    out.writeInt(size);
    for (int i = 0; i < size; i++) {
      out.writeShort(buckets[i]);
      out.writeLong(counts[i]);
    }
  }

  public static LogLinearHistogram readFrom(DataInput in) throws IOException {
    LogLinearHistogram histogram = new LogLinearHistogram();
    for (int left = in.readInt(); left > 0; left--) {
      histogram.addTo(in.readUnsignedShort(), in.readLong());
    }
    return histogram;
  }
}
