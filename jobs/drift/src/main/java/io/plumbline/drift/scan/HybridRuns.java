package io.plumbline.drift.scan;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Parquet's hybrid of runs of one number and groups of bit-packed ones, in which levels and ids of
 * a dictionary are written. Numbers are handed out by the run, so that a run of a million costs as
 * much as one.
 */
final class HybridRuns {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WIDEST = Integer.SIZE;

  /** With so few bits, eight numbers are in one load from any bit of a byte on. */
  private static final int WIDEST_OF_EIGHT = 7;

  private static final int GROUP = 8;
  private static final int BITS_OF_A_VARINT = 7;

  private byte[] bytes = {};
  private int position;
  private int end;
  private int width;
  private int left;
  private boolean packed;
  private int number;
  private long bit;

  /** From here on reads numbers of {@code newWidth} bits. */
  void begin(byte[] newBytes, int from, int to, int newWidth) throws IOException {
    if (newWidth > WIDEST) {
      throw new IOException("a page has numbers of %s bits".formatted(newWidth));
    }
    bytes = newBytes;
    position = from;
    end = to;
    width = newWidth;
    left = 0;
  }

  /** From here on reads numbers that are packed without headers, to the last bit. */
  void beginPacked(byte[] newBytes, int newWidth) throws IOException {
    begin(newBytes, newBytes.length, newBytes.length, newWidth);
    packed = true;
    left = (int) Math.min((long) newBytes.length * Byte.SIZE / newWidth, Integer.MAX_VALUE);
    bit = 0;
  }

  /** How many of the next numbers, at most so many, are in one run; at least one. */
  int run(int atMost) throws IOException {
    while (left == 0) {
      begin();
    }
    return Math.min(left, atMost);
  }

  private void begin() throws IOException {
    int header = header();
    packed = (header & 1) == 1;
    if (packed) {
      int groups = header >>> 1;
      // The last group may lack the bytes that would only fill it up.
      long there = width == 0 ? Long.MAX_VALUE : (end - position) * (long) GROUP / width;
      left = (int) Math.min(Math.min((long) groups * GROUP, there), Integer.MAX_VALUE);
      bit = position * (long) Byte.SIZE;
      position = (int) Math.min(position + (long) groups * width, end);
    } else {
      left = header >>> 1;
      number = 0;
      for (int shift = 0; shift < width; shift += Byte.SIZE) {
        number |= (next() & 0xFF) << shift;
      }
    }
  }

  private int header() throws IOException {
    int header = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += BITS_OF_A_VARINT) {
      byte next = next();
      header |= (next & 0x7F) << shift;
      if (next >= 0) {
        return header;
      }
    }
    throw new IOException("a page has a run whose length is no number");
  }

  private byte next() throws EOFException {
    if (position >= end) {
      throw new EOFException("a page ends before its last value");
    }
    return bytes[position++];
  }

  /** Whether the numbers of the run are packed, rather than all the same. */
  boolean packed() {
    return packed;
  }

  /** The number that a run repeats. */
  int number() {
    return number;
  }

  /** Moves on by some numbers of the run. */
  void skip(int count) {
    left -= count;
    bit += (long) count * width;
  }

  /** The bits at hand from the next number of a packed run on: 57 at least, if there are. */
  long word() {
    return word((int) (bit >>> 3)) >>> (bit & 7);
  }

  private long word(int at) {
    return at <= bytes.length - Long.BYTES ? (long) WORD.get(bytes, at) : lastWord(at);
  }

  private long lastWord(int at) {
    long word = 0;
    for (int i = bytes.length - 1; i >= at; i--) {
      word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
    }
    return word;
  }

  /** Moves on by some numbers of a packed run, which are put into an array. */
  void unpack(int[] into, int from, int count) {
    int mask = width == WIDEST ? -1 : (1 << width) - 1;
    int to = from + count;
    int i = from;
    long at = bit;
    if (width <= WIDEST_OF_EIGHT) {
      for (; i + GROUP <= to; i += GROUP, at += (long) GROUP * width) {
        long word = word((int) (at >>> 3)) >>> (at & 7);
        into[i] = (int) word & mask;
        into[i + 1] = (int) (word >>> width) & mask;
        into[i + 2] = (int) (word >>> (2 * width)) & mask;
        into[i + 3] = (int) (word >>> (3 * width)) & mask;
        into[i + 4] = (int) (word >>> (4 * width)) & mask;
        into[i + 5] = (int) (word >>> (5 * width)) & mask;
        into[i + 6] = (int) (word >>> (6 * width)) & mask;
        into[i + 7] = (int) (word >>> (7 * width)) & mask;
      }
    }
    for (; i < to; i++, at += width) {
      into[i] = (int) (word((int) (at >>> 3)) >>> (at & 7)) & mask;
    }
    skip(count);
  }
}
