package io.plumbline.stats.quality;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How many of each class there are at each score, or in each of the {@link ScoreBins}, in the order
 * of the scores. A bin in which all scores are equal is known to be so, whichever they are.
 */
final class ScoreCells {
  private static final int FIRST_CAPACITY = 8;

  /** Of an object with its three arrays, beside their elements. */
  private static final int BYTES = 88;

  /** Twice the bits of the least score, and one more where there are several. */
  private long[] keys;

  private long[] positives;
  private long[] negatives;
  private int size;
  private final boolean binned;

  ScoreCells(boolean binned) {
    this(binned, FIRST_CAPACITY);
  }

  private ScoreCells(boolean binned, int capacity) {
    this.binned = binned;
    keys = new long[capacity];
    positives = new long[capacity];
    negatives = new long[capacity];
  }

  boolean binned() {
    return binned;
  }

  int size() {
    return size;
  }

  long positives(int cell) {
    return positives[cell];
  }

  long negatives(int cell) {
    return negatives[cell];
  }

  /** Whether the order of those in a cell is not known. */
  boolean several(int cell) {
    return (keys[cell] & 1) != 0;
  }

  int bytes() {
    return BYTES + 3 * Long.BYTES * keys.length;
  }

  /** Adds to those of a score: negative numbers take out again. */
  void add(double score, long ofPositive, long ofNegative) {
    // Adding 0.0 turns -0.0 into 0.0: equal scores must have equal bits.
    long key = Double.doubleToRawLongBits(score + 0.0) << 1;
    int at = find(key);
    if (at < 0) {
      at = -at - 1;
      insert(at);
      keys[at] = key;
    }
    addTo(at, key, ofPositive, ofNegative);
    if (isNone(at)) {
      remove(at);
    }
  }

  private void addTo(int at, long key, long ofPositive, long ofNegative) {
    long several = keys[at] >>> 1 == key >>> 1 ? (keys[at] | key) & 1 : 1;
    keys[at] = Math.min(keys[at] >>> 1, key >>> 1) << 1 | several;
    positives[at] += ofPositive;
    negatives[at] += ofNegative;
  }

  /**
   * Whether a score has nothing left. A bin stays: where as many are taken out as were added, it
   * may be of others, and which scores it has is not known from those alone that come back.
   */
  private boolean isNone(int at) {
    return !binned && positives[at] == 0 && negatives[at] == 0;
  }

  private int find(long key) {
    if (!binned) {
      return Arrays.binarySearch(keys, 0, size, key);
    }
    int bin = bin(key);
    int from = 0;
    int to = size;
    while (from < to) {
      int middle = (from + to) >>> 1;
      int other = bin(keys[middle]);
      if (other == bin) {
        return middle;
      }
      if (other < bin) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return -from - 1;
  }

  private static int bin(long key) {
    return ScoreBins.of(Double.longBitsToDouble(key >>> 1));
  }

  private void insert(int at) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      positives = Arrays.copyOf(positives, 2 * size);
      negatives = Arrays.copyOf(negatives, 2 * size);
    }
    System.arraycopy(keys, at, keys, at + 1, size - at);
    System.arraycopy(positives, at, positives, at + 1, size - at);
    System.arraycopy(negatives, at, negatives, at + 1, size - at);
    positives[at] = 0;
    negatives[at] = 0;
    size++;
  }

  private void remove(int at) {
    size--;
    System.arraycopy(keys, at + 1, keys, at, size - at);
    System.arraycopy(positives, at + 1, positives, at, size - at);
    System.arraycopy(negatives, at + 1, negatives, at, size - at);
  }

  /** What two have together, in bins or not; both are left as they are. */
  static ScoreCells merged(ScoreCells first, ScoreCells second, boolean binned) {
    ScoreCells merged = new ScoreCells(binned, Math.max(FIRST_CAPACITY, first.size + second.size));
    int i = 0;
    int j = 0;
    while (i < first.size || j < second.size) {
      boolean ofFirst = j == second.size || (i < first.size && first.keys[i] <= second.keys[j]);
      if (ofFirst) {
        merged.append(first, i++);
      } else {
        merged.append(second, j++);
      }
    }
    if (merged.size > 0 && merged.isNone(merged.size - 1)) {
      merged.size--;
    }
    merged.trim();
    return merged;
  }

  /** Appends a cell whose key is at least the last. */
  private void append(ScoreCells from, int cell) {
    long key = from.keys[cell];
    int last = size - 1;
    boolean same = size > 0 && (binned ? bin(keys[last]) == bin(key) : keys[last] == key);
    if (!same) {
      // The last is whole now.
      last = size > 0 && isNone(last) ? last : size++;
      keys[last] = key;
      positives[last] = 0;
      negatives[last] = 0;
    }
    addTo(last, key, from.positives[cell], from.negatives[cell]);
  }

  private void trim() {
    if (keys.length > 2 * Math.max(FIRST_CAPACITY, size)) {
      int capacity = Math.max(FIRST_CAPACITY, size);
      keys = Arrays.copyOf(keys, capacity);
      positives = Arrays.copyOf(positives, capacity);
      negatives = Arrays.copyOf(negatives, capacity);
    }
  }

  void writeTo(DataOutput out) throws IOException {
    out.writeBoolean(binned);
    VarLong.write(size, out);
    long before = 0;
    for (int i = 0; i < size; i++) {
      VarLong.write(keys[i] - before, out);
      before = keys[i];
      VarLong.writeSigned(positives[i], out);
      VarLong.writeSigned(negatives[i], out);
    }
  }

  static ScoreCells readFrom(DataInput in) throws IOException {
    boolean binned = in.readBoolean();
    int size = (int) VarLong.read(in);
    ScoreCells cells = new ScoreCells(binned, Math.max(FIRST_CAPACITY, size));
    cells.size = size;
    long key = 0;
    for (int i = 0; i < size; i++) {
      key += VarLong.read(in);
      cells.keys[i] = key;
      cells.positives[i] = VarLong.readSigned(in);
      cells.negatives[i] = VarLong.readSigned(in);
    }
    return cells;
  }
}
