package io.plumbline.stats.numeric;

/** At which level how many cells there are, of keys that are shown once, in ascending order. */
final class Levels {
  /** Of each key but the first, which is the highest bit that tells it from the one before. */
  private final long[] firstDifference = new long[Long.SIZE];

  private boolean any;
  private long last;

  void add(long key) {
    if (any && key != last) {
      firstDifference[Long.SIZE - 1 - Long.numberOfLeadingZeros(key ^ last)]++;
    }
    any = true;
    last = key;
  }

  /** The least level at which there are at most so many cells, at least two. */
  int leastWithin(long limit) {
    long cells = any ? 1 : 0;
    int level = Long.SIZE;
    while (level > 0 && cells + firstDifference[level - 1] <= limit) {
      cells += firstDifference[--level];
    }
    return Math.min(level, Long.SIZE - 1);
  }
}
