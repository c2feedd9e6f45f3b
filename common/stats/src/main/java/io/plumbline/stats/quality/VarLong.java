package io.plumbline.stats.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Longs in seven bits a byte, least first. */
final class VarLong {
  private static final int BITS = 7;
  private static final int MORE = 1 << BITS;

  private VarLong() {}

  /** Writes a number that is seldom negative, in as few bytes as it needs. */
  static void write(long number, DataOutput out) throws IOException {
    long left = number;
    while ((left & -MORE) != 0) {
      out.writeByte((int) (left & (MORE - 1)) | MORE);
      left >>>= BITS;
    }
    out.writeByte((int) left);
  }

  static long read(DataInput in) throws IOException {
    long number = 0;
    int shift = 0;
    int next;
    do {
      next = in.readUnsignedByte();
      number |= (long) (next & (MORE - 1)) << shift;
      shift += BITS;
    } while (next >= MORE);
    return number;
  }

  /** Writes a number that is as small below 0 as above. */
  static void writeSigned(long number, DataOutput out) throws IOException {
    write(number << 1 ^ number >> (Long.SIZE - 1), out);
  }

  static long readSigned(DataInput in) throws IOException {
    long folded = read(in);
    return folded >>> 1 ^ -(folded & 1);
  }
}
