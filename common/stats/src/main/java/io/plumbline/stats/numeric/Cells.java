package io.plumbline.stats.numeric;

import java.util.Arrays;

/**
 * Keys and how often each stands, ascending. At level 0 a cell is one key; at level {@code l} it is
 * all keys that agree but for their lowest {@code l} bits, or some of these, known by the least,
 * the greatest and the number of them. A cell whose least and greatest are the same is exact at any
 * level. At level 0 cells of the same key may stand beside each other.
 *
 * @param level 0 to 63
 * @param size how many cells there are; the arrays may be longer
 * @param low the least key of each cell
 * @param high the greatest, the same array at level 0
 * @param count how many values are in each, at least 1; null: one in each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Cells(int level, int size, long[] low, long[] high, long[] count) {
  static final Cells EMPTY = new Cells(0, 0, new long[0], new long[0], new long[0]);

  /** The cells of sorted keys, each standing {@code counts[i]} times (once, if null). */
  static Cells ofSorted(long[] keys, long[] counts, int size) {
    if (size == 0) {
      return EMPTY;
    }
    int distinct = 1;
    for (int i = 1; i < size; i++) {
      if (keys[i] != keys[i - 1]) {
        distinct++;
      }
    }
    long[] key = new long[distinct];
    long[] count = new long[distinct];
    int cell = 0;
    key[0] = keys[0];
    for (int i = 0; i < size; i++) {
      if (keys[i] != key[cell]) {
        key[++cell] = keys[i];
      }
      count[cell] += counts == null ? 1 : counts[i];
    }
    return new Cells(0, distinct, key, key, count);
  }

  /** How many values are in a cell. */
  long countOf(int cell) {
    return count == null ? 1 : count[cell];
  }

  /**
   * These cells at the least level, at or above theirs, at which they are at most {@code limit}.
   */
  Cells within(int limit) {
    return size <= limit ? this : CellBlocks.inMemory(this).within(limit);
  }

  private Cells atLevel(int coarser) {
    return coarser <= level ? this : CellBlocks.inMemory(this).atLevel(coarser);
  }

  /** Both together, at the coarser of the two levels. */
  static Cells merge(Cells first, Cells second) {
    int level = Math.max(first.level, second.level);
    Cells a = first.atLevel(level);
    Cells b = second.atLevel(level);
    if (a.size == 0 || b.size == 0) {
      return a.size == 0 ? b : a;
    }
    long[] low = new long[a.size + b.size];
    long[] high = level == 0 ? low : new long[low.length];
    long[] count = new long[low.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.size || j < b.size) {
      boolean takeA = j == b.size || (i < a.size && a.low[i] >> level <= b.low[j] >> level);
      boolean takeB = i == a.size || (j < b.size && b.low[j] >> level <= a.low[i] >> level);
      long least = Long.MAX_VALUE;
      long greatest = Long.MIN_VALUE;
      if (takeA) {
        least = a.low[i];
        greatest = a.high[i];
        count[size] += a.countOf(i++);
      }
      if (takeB) {
        least = Math.min(least, b.low[j]);
        greatest = Math.max(greatest, b.high[j]);
        count[size] += b.countOf(j++);
      }
      low[size] = least;
      high[size++] = greatest;
    }
    long[] trimmed = Arrays.copyOf(low, size);
    return new Cells(
        level,
        size,
        trimmed,
        level == 0 ? trimmed : Arrays.copyOf(high, size),
        Arrays.copyOf(count, size));
  }
}
