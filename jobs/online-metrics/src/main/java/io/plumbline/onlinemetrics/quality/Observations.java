package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** Predictions one by one, each added to a window or taken out of it, in columns. */
final class Observations {
  /** It has a label. */
  static final int LABELLED = 1;

  /** It is taken out, with all that is said here. */
  static final int TAKEN_OUT = 1 << 1;

  /** It is really of the positive class. */
  static final int POSITIVE = 1 << 2;

  private static final int CLASS = 1 << 3;
  private static final int CLASS_POSITIVE = 1 << 4;
  private static final int SIDE_BITS = 2;

  private static final int FIRST_CAPACITY = 4;

  /** Of an observation in memory, beside the letters of its texts. */
  private static final int BYTES = 1 + Long.BYTES;

  /** Of a text, beside its letters. */
  private static final int TEXT_BYTES = 56;

  private final Shape shape;
  private int size;
  private byte[] flags = new byte[FIRST_CAPACITY];
  private long[] delays = new long[FIRST_CAPACITY];
  private double[] numbers;
  private String[] texts;

  Observations(Shape shape) {
    this.shape = shape;
    numbers = new double[FIRST_CAPACITY * shape.numbers()];
    texts = new String[FIRST_CAPACITY * shape.texts()];
  }

  /** The flags of a side's predicted class. */
  static int ofClass(int side, boolean positive) {
    return (positive ? CLASS | CLASS_POSITIVE : CLASS) << (SIDE_BITS * side);
  }

  /**
   * Adds one, whose numbers and texts are set next.
   *
   * @param delay of its label, in milliseconds; of a pair without a label its hash
   */
  void add(int itsFlags, long delay) {
    grow(size + 1);
    flags[size] = (byte) itsFlags;
    delays[size] = delay;
    size++;
  }

  /** Sets a number of the last one. */
  void number(int index, double number) {
    numbers[(size - 1) * shape.numbers() + index] = number;
  }

  /** Sets a text of the last one. */
  void text(int index, String text) {
    texts[(size - 1) * shape.texts() + index] = text;
  }

  /** Adds all of others of the same shape, which stay as they are. */
  void addAll(Observations others) {
    int all = size + others.size;
    grow(all);
    System.arraycopy(others.flags, 0, flags, size, others.size);
    System.arraycopy(others.delays, 0, delays, size, others.size);
    int wide = shape.numbers();
    System.arraycopy(others.numbers, 0, numbers, size * wide, others.size * wide);
    wide = shape.texts();
    System.arraycopy(others.texts, 0, texts, size * wide, others.size * wide);
    size = all;
  }

  private void grow(int least) {
    if (least <= flags.length) {
      return;
    }
    int capacity = Math.max(least, 2 * flags.length);
    flags = Arrays.copyOf(flags, capacity);
    delays = Arrays.copyOf(delays, capacity);
    numbers = Arrays.copyOf(numbers, capacity * shape.numbers());
    texts = Arrays.copyOf(texts, capacity * shape.texts());
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  /** How many bytes of memory they take, about. */
  int bytes() {
    int bytes = size * (BYTES + Double.BYTES * shape.numbers());
    for (int i = 0; i < size * shape.texts(); i++) {
      bytes += TEXT_BYTES + texts[i].length();
    }
    return bytes;
  }

  boolean isLabelled(int row) {
    return (flags[row] & LABELLED) != 0;
  }

  /** How often it counts: 1, or -1 where it is taken out. */
  long times(int row) {
    return (flags[row] & TAKEN_OUT) == 0 ? 1 : -1;
  }

  boolean isPositive(int row) {
    return (flags[row] & POSITIVE) != 0;
  }

  /** Whether a side's predicted class is known. */
  boolean hasClass(int row, int side) {
    return (flags[row] & (CLASS << (SIDE_BITS * side))) != 0;
  }

  /** Whether a side's predicted class is the positive one. */
  boolean isClassPositive(int row, int side) {
    return (flags[row] & (CLASS_POSITIVE << (SIDE_BITS * side))) != 0;
  }

  /** The delay of a labelled one's label, in milliseconds. */
  long delay(int row) {
    return delays[row];
  }

  /** The hash of a pair without a label. */
  long hash(int row) {
    return delays[row];
  }

  double number(int row, int index) {
    return numbers[row * shape.numbers() + index];
  }

  String text(int row, int index) {
    return texts[row * shape.texts() + index];
  }

  void writeTo(DataOutput out) throws IOException {
    Wire.writeSmall(size, out);
    out.write(flags, 0, size);
    for (int i = 0; i < size; i++) {
      if (isLabelled(i)) {
        // A label may be older than its prediction, by two clocks.
        Wire.writeSmall((delays[i] << 1) ^ (delays[i] >> (Long.SIZE - 1)), out);
      } else if (shape.isPair()) {
        out.writeLong(delays[i]);
      }
    }
    for (int i = 0; i < size * shape.numbers(); i++) {
      out.writeDouble(numbers[i]);
    }
    for (int i = 0; i < size * shape.texts(); i++) {
      Wire.writeShort(texts[i], out);
    }
  }

  static Observations readFrom(Shape shape, DataInput in) throws IOException {
    Observations read = new Observations(shape);
    int size = (int) Wire.readSmall(in);
    read.grow(size);
    read.size = size;
    in.readFully(read.flags, 0, size);
    for (int i = 0; i < size; i++) {
      if (read.isLabelled(i)) {
        long folded = Wire.readSmall(in);
        read.delays[i] = folded >>> 1 ^ -(folded & 1);
      } else if (shape.isPair()) {
        read.delays[i] = in.readLong();
      }
    }
    for (int i = 0; i < size * shape.numbers(); i++) {
      read.numbers[i] = in.readDouble();
    }
    for (int i = 0; i < size * shape.texts(); i++) {
      read.texts[i] = Wire.readShort(in);
    }
    return read;
  }
}
