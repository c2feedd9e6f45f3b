package io.plumbline.stats.numeric;

/**
 * Cells of keys that agree but for their lowest {@code level} bits. They may lie anywhere, and take
 * memory only where there are keys: a cell has its place by its lowest bits, so that neighbours lie
 * side by side; or, if that is taken, by hash.
 */
final class CellTable {
  /** Of a cell there are three numbers: count, least key, greatest key. */
  private static final int WORDS = 3;

  private static final int FIRST_PLACES = 4;

  /** 2^64 over the golden ratio. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private int level;
  private int size;
  private long[] words = new long[WORDS * FIRST_PLACES];

  /** The number of places, a power of two, without one. */
  private int mask = FIRST_PLACES - 1;

  /** 0: each cell is one key. */
  int level() {
    return level;
  }

  /** How many cells there are. */
  int size() {
    return size;
  }

  /** Adds a key that stands {@code times} times; true: it is the first of its cell. */
  boolean add(long key, long times) {
    long cell = key >> level;
    int at = WORDS * ((int) cell & mask);
    if (words[at + 1] >> level == cell && words[at] != 0) {
      addAt(at, key, times);
      return false;
    }
    at = find(cell);
    if (words[at] != 0) {
      addAt(at, key, times);
      return false;
    }
    words[at] = times;
    words[at + 1] = key;
    words[at + 2] = key;
    size++;
    // Three quarters: fuller tables are searched for long.
    if (size > mask - (mask >> 2)) {
      rebuild(level, 2 * (mask + 1));
    }
    return true;
  }

  private void addAt(int at, long key, long times) {
    words[at] += times;
    if (key < words[at + 1]) {
      words[at + 1] = key;
    } else if (key > words[at + 2]) {
      words[at + 2] = key;
    }
  }

  /** The place of a cell, or that in which it would be. */
  private int find(long cell) {
    int place = (int) cell & mask;
    if (isElsewhere(place, cell)) {
      place = (int) (((cell ^ cell >>> Integer.SIZE) * SPREAD) >>> Integer.SIZE) & mask;
      while (isElsewhere(place, cell)) {
        place = (place + 1) & mask;
      }
    }
    return WORDS * place;
  }

  private boolean isElsewhere(int place, long cell) {
    return words[WORDS * place] != 0 && words[WORDS * place + 1] >> level != cell;
  }

  /** Goes to the least level at which there are at most so many cells, at least two. */
  void coarsen(int most) {
    Levels levels = new Levels();
    for (long low : sortedLows()) {
      levels.add(low);
    }
    int enough = Integer.highestOneBit(most + most / WORDS) << 1;
    rebuild(Math.max(level, levels.leastWithin(most)), Math.min(mask + 1, enough));
  }

  private void rebuild(int newLevel, int places) {
    long[] old = words;
    level = newLevel;
    size = 0;
    words = new long[WORDS * places];
    mask = places - 1;
    for (int at = 0; at < old.length; at += WORDS) {
      if (old[at] != 0) {
        add(old[at + 1], old[at]);
        add(old[at + 2], 0);
      }
    }
  }

  private long[] sortedLows() {
    long[] lows = new long[size];
    int next = 0;
    for (int at = 0; at < words.length; at += WORDS) {
      if (words[at] != 0) {
        lows[next++] = words[at + 1];
      }
    }
    RadixSort.sort(lows, size);
    return lows;
  }

  /** Puts the cells, ascending, into the arrays, the first at {@code from}. */
  void copyTo(long[] low, long[] high, long[] count, int from) {
    long[] lows = sortedLows();
    for (int i = 0; i < lows.length; i++) {
      int at = find(lows[i] >> level);
      count[from + i] = words[at];
      low[from + i] = words[at + 1];
      high[from + i] = words[at + 2];
    }
  }
}
