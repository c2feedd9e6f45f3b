package io.plumbline.stats.numeric;

/**
 * Cells of keys that agree but for their lowest {@code level} bits. They may lie anywhere, and take
 * memory only where there are keys: a cell has its place by its lowest bits, so that neighbours lie
 * side by side; or, if that is taken or a cell is a single key, by hash.
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
    long[] cells = words;
    int at = WORDS * place(key >> level);
    // Most keys are where they are first looked for.
    if ((cells[at + 1] ^ key) >>> level != 0 || cells[at] == 0) {
      at = find(key);
      if (cells[at] == 0) {
        addFirst(at, key, times);
        return true;
      }
    }
    cells[at] += times;
    if (key < cells[at + 1]) {
      cells[at + 1] = key;
    } else if (key > cells[at + 2]) {
      cells[at + 2] = key;
    }
    return false;
  }

  private void addFirst(int at, long key, long times) {
    words[at] = times;
    words[at + 1] = key;
    words[at + 2] = key;
    size++;
    // Three quarters: fuller tables are searched for long.
    if (size > mask - (mask >> 2)) {
      rebuild(level, 2 * (mask + 1));
    }
  }

  /** Where the words of a key's cell are, or would be. */
  private int find(long key) {
    int place = place(key >> level);
    if (isElsewhere(place, key)) {
      place = hashed(key >> level);
      while (isElsewhere(place, key)) {
        place = (place + 1) & mask;
      }
    }
    return WORDS * place;
  }

  /**
   * Where a cell is looked for first. Keys themselves may have the same lowest bits: round numbers
   * do.
   */
  private int place(long cell) {
    return level == 0 ? hashed(cell) : (int) cell & mask;
  }

  private int hashed(long cell) {
    return (int) (((cell ^ cell >>> Integer.SIZE) * SPREAD) >>> Integer.SIZE) & mask;
  }

  private boolean isElsewhere(int place, long key) {
    return words[WORDS * place] != 0 && (words[WORDS * place + 1] ^ key) >>> level != 0;
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
        if (old[at + 2] != old[at + 1]) {
          add(old[at + 2], 0);
        }
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
      int at = find(lows[i]);
      count[from + i] = words[at];
      low[from + i] = words[at + 1];
      high[from + i] = words[at + 2];
    }
  }
}
