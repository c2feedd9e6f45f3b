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
 * in 2^28 additions. Of the limbs only those are there that the values reach: a dozen for numbers
 * of like size, where all that a double can be would take a hundred.
 */
final class ExactSum {
  private static final long LIMB = 0xFFFF_FFFFL;
  private static final int ADDITIONS_BEFORE_CARRIES_OVERFLOW = 1 << 28;
  private static final long MAX_COUNT_AT_ONCE = (1L << 31) - 1;

  /** Limbs that an addition touches, and one above them that takes carries alone. */
  private static final int REACH = 7;

  /** Limbs more on the side where some were missing: values vary. */
  private static final int SLACK = 1;

  private long[] limbs = {};

  /** Which limb the first is: it counts multiples of {@code 2^(32 * from)}. The last is signed. */
  private int from;

  private int additions;

  /**
   * Adds {@code sign * count * (high * 2^64 + low) * 2^position}, the magnitude unsigned.
   *
   * @return by how many bytes of memory the sum has grown
   */
  int add(long high, long low, int position, boolean negative, long count) {
    int at = (position >>> 5) - from;
    int grown = 0;
    if (at < 0 || at > limbs.length - REACH) {
      grown = reach(position >>> 5);
      at = (position >>> 5) - from;
    }
    long left = count;
    while (left > 0) {
      long now = Math.min(left, MAX_COUNT_AT_ONCE);
      deposit(high, low, at, position & 31, negative ? -now : now);
      left -= now;
    }
    return grown;
  }

  /** Sees to it that what is added at a limb has room. */
  private int reach(int limb) {
    int before = limbs.length;
    if (before == 0) {
      from = Math.max(0, limb - SLACK);
    }
    resize(
        limb < from ? Math.max(0, limb - SLACK) : from,
        limb + REACH > from + before ? limb + REACH + SLACK : from + before);
    return Long.BYTES * (limbs.length - before);
  }

  private void resize(int newFrom, int newTo) {
    long[] more = new long[newTo - newFrom];
    System.arraycopy(limbs, 0, more, from - newFrom, limbs.length);
    limbs = more;
    from = newFrom;
  }

  private void deposit(long high, long low, int i, int shift, long signedCount) {
    if (++additions == ADDITIONS_BEFORE_CARRIES_OVERFLOW) {
      propagate();
    }
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
    additions = 0;
    if (limbs.length == 0) {
      return;
    }
    long carry = 0;
    int last = limbs.length - 1;
    for (int i = 0; i < last; i++) {
      long value = limbs[i] + carry;
      limbs[i] = value & LIMB;
      carry = value >> 32;
    }
    if (carry != 0) {
      limbs[last] += carry;
    }
    if (limbs[last] != (int) limbs[last]) {
      resize(from, from + limbs.length + 2);
      propagate();
    }
  }

  /** The other is left as it is, bit by bit: somebody else may be reading it. */
  void merge(ExactSum other) {
    propagate();
    if (other.limbs.length > 0) {
      if (limbs.length == 0) {
        from = other.from;
      }
      int newFrom = Math.min(from, other.from);
      int newTo = Math.max(from + limbs.length, other.from + other.limbs.length);
      if (newTo - newFrom > limbs.length) {
        resize(newFrom, newTo);
      }
      for (int i = 0; i < other.limbs.length; i++) {
        limbs[other.from - from + i] += other.limbs[i];
      }
    }
    // So that whoever reads what is only merged writes nothing either.
    propagate();
  }

  BigInteger value() {
    propagate();
    if (limbs.length == 0) {
      return BigInteger.ZERO;
    }
    byte[] bytes = new byte[limbs.length * 4 + 4];
    for (int i = 0; i < limbs.length; i++) {
      putLimb(bytes, i, limbs[i]);
    }
    putLimb(bytes, limbs.length, limbs[limbs.length - 1] >> 32);
    return new BigInteger(bytes).shiftLeft(32 * from);
  }

  private static void putLimb(byte[] bigEndian, int limb, long value) {
    int end = bigEndian.length - 4 * limb;
    bigEndian[end - 1] = (byte) value;
    bigEndian[end - 2] = (byte) (value >> 8);
    bigEndian[end - 3] = (byte) (value >> 16);
    bigEndian[end - 4] = (byte) (value >> 24);
  }

  /** How many limbs there are. */
  int size() {
    return limbs.length;
  }

  /** The same sum is written as the same bytes, whatever it was put together from. */
  void writeTo(DataOutput out) throws IOException {
    propagate();
    int first = 0;
    while (first < limbs.length && limbs[first] == 0) {
      first++;
    }
    int end = limbs.length;
    while (end > first && limbs[end - 1] == 0) {
      end--;
    }
    long top = end > first ? limbs[end - 1] : 0;
    while (top == -1 && end - 1 > first) {
      end--;
      top = limbs[end - 1] - LIMB - 1;
    }
    out.writeShort(first == end ? 0 : from + first);
    out.writeShort(first == end ? 0 : from + end);
    for (int i = first; i < end; i++) {
      out.writeLong(i == end - 1 ? top : limbs[i]);
    }
  }

  void readFrom(DataInput in) throws IOException {
    from = in.readUnsignedShort();
    int written = in.readUnsignedShort() - from;
    limbs = new long[written == 0 ? 0 : written + 1];
    for (int i = 0; i < written; i++) {
      limbs[i] = in.readLong();
    }
    propagate();
  }
}
