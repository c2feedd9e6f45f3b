package io.plumbline.stats.moments;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigInteger;

/**
 * A sum of wide integers without any rounding, so that it does not depend on the order of what is
 * added. Floating-point values are added as multiples of the least denormal (see {@link Moments}).
 *
 * <p>The idea is Kulisch's long accumulator, in 32-bit limbs held in 64-bit words: an addition
 * touches at most six limbs and leaves carries in the upper halves, which are propagated only once
 * in 2^28 additions.
 */
final class ExactSum {
  private static final long LIMB = 0xFFFF_FFFFL;
  private static final int ADDITIONS_BEFORE_CARRIES_OVERFLOW = 1 << 28;
  private static final long MAX_COUNT_AT_ONCE = (1L << 31) - 1;

  private final long[] limbs;
  private int additions;

  /**
   * @param bits the width of the largest magnitude that will be added, without the room for the
   *     number of additions
   */
  ExactSum(int bits) {
    // Four more limbs: the sum of 2^63 values, a shift within a limb, and the carry.
    limbs = new long[bits / 32 + 5];
  }

  /** Adds {@code sign * count * (high * 2^64 + low) * 2^position}, the magnitude unsigned. */
  void add(long high, long low, int position, boolean negative, long count) {
    long left = count;
    while (left > 0) {
      long now = Math.min(left, MAX_COUNT_AT_ONCE);
      deposit(high, low, position, negative ? -now : now);
      left -= now;
    }
  }

  private void deposit(long high, long low, int position, long signedCount) {
    if (++additions == ADDITIONS_BEFORE_CARRIES_OVERFLOW) {
      propagate();
    }
    int i = position >>> 5;
    int shift = position & 31;
    // Shifting by 64 is shifting by 0 in Java, hence the two steps.
    long second = (high << shift) | ((low >>> 1) >>> (63 - shift));
    long first = low << shift;
    deposit(i, first & LIMB, signedCount);
    deposit(i + 1, first >>> 32, signedCount);
    if ((second | high) != 0) {
      long third = (high >>> 1) >>> (63 - shift);
      deposit(i + 2, second & LIMB, signedCount);
      deposit(i + 3, second >>> 32, signedCount);
      if (third != 0) {
        deposit(i + 4, third, signedCount);
      }
    }
  }

  private void deposit(int i, long limb, long signedCount) {
    long product = limb * signedCount;
    limbs[i] += product & LIMB;
    limbs[i + 1] += product >> 32;
  }

  private void propagate() {
    long carry = 0;
    for (int i = 0; i < limbs.length - 1; i++) {
      long value = limbs[i] + carry;
      limbs[i] = value & LIMB;
      carry = value >> 32;
    }
    limbs[limbs.length - 1] += carry;
    additions = 0;
  }

  /** The other is left as it is, bit by bit: somebody else may be reading it. */
  void merge(ExactSum other) {
    propagate();
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] += other.limbs[i];
    }
    // So that whoever reads what is only merged writes nothing either.
    propagate();
  }

  BigInteger value() {
    propagate();
    byte[] bytes = new byte[limbs.length * 4 + 4];
    for (int i = 0; i < limbs.length; i++) {
      putLimb(bytes, i, limbs[i]);
    }
    putLimb(bytes, limbs.length, limbs[limbs.length - 1] >> 32);
    return new BigInteger(bytes);
  }

  private static void putLimb(byte[] bigEndian, int limb, long value) {
    int end = bigEndian.length - 4 * limb;
    bigEndian[end - 1] = (byte) value;
    bigEndian[end - 2] = (byte) (value >> 8);
    bigEndian[end - 3] = (byte) (value >> 16);
    bigEndian[end - 4] = (byte) (value >> 24);
  }

  void writeTo(DataOutput out) throws IOException {
    propagate();
    int from = 0;
    while (from < limbs.length && limbs[from] == 0) {
      from++;
    }
    int to = limbs.length;
    while (to > from && limbs[to - 1] == 0) {
      to--;
    }
    out.writeShort(from);
    out.writeShort(to);
    for (int i = from; i < to; i++) {
      out.writeLong(limbs[i]);
    }
  }

  void readFrom(DataInput in) throws IOException {
    int from = in.readUnsignedShort();
    int to = in.readUnsignedShort();
    for (int i = from; i < to; i++) {
      limbs[i] = in.readLong();
    }
  }
}
