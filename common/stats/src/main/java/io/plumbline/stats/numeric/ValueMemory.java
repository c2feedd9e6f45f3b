package io.plumbline.stats.numeric;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The memory in which values are gathered and sorted, shared by all summaries of one thread, and
 * the files that take what has no room in it. Arrays are used again and again: those of millions of
 * values are dear to come by.
 */
public final class ValueMemory {
  /** A quarter is kept free to sort in. */
  private static final int SORTS_IN = 4;

  private static final int LEAST_WORDS = 1 << 14;
  private static final int MOST_WORDS = 1 << 30;

  /** An array that is more than so many times too large stays for whoever needs it. */
  private static final int MOST_TOO_LARGE = 4;

  private static final int MARGIN = 8;

  /** Names files that are not there yet. */
  public interface Spill {
    Path newFile() throws IOException;
  }

  private final long words;
  private final int mostSorted;
  private final Spill spill;

  /** By length. */
  private final NavigableMap<Integer, Deque<long[]>> free = new TreeMap<>();

  private long[] scratch = new long[0];
  private long[] secondScratch = new long[0];
  private long taken;

  /**
   * @param bytes that may be used; at least 512 KiB are
   * @param spill where files may be made
   */
  public ValueMemory(long bytes, Spill spill) {
    this.spill = spill;
    long all = Math.max(LEAST_WORDS * (long) SORTS_IN, bytes / Long.BYTES);
    mostSorted = (int) Math.min(MOST_WORDS, all / SORTS_IN);
    words = all - mostSorted;
  }

  /** How many keys can be sorted at once. */
  int mostSorted() {
    return mostSorted;
  }

  Spill spill() {
    return spill;
  }

  /** An array of at least this length; null if there is no room. */
  long[] take(int length) {
    Map.Entry<Integer, Deque<long[]>> fits = free.ceilingEntry(length);
    if (fits != null && fits.getKey() / MOST_TOO_LARGE <= length) {
      return remove(fits);
    }
    while (taken + length > words && !free.isEmpty()) {
      taken -= remove(leastThatFrees(taken + length - words)).length;
    }
    if (taken + length > words) {
      return null;
    }
    taken += length;
    return new long[length];
  }

  /** The smallest array that is enough, else the largest. */
  private Map.Entry<Integer, Deque<long[]>> leastThatFrees(long missing) {
    Map.Entry<Integer, Deque<long[]>> enough =
        missing > Integer.MAX_VALUE ? null : free.ceilingEntry((int) missing);
    return enough == null ? free.lastEntry() : enough;
  }

  private long[] remove(Map.Entry<Integer, Deque<long[]>> of) {
    long[] array = of.getValue().pop();
    if (of.getValue().isEmpty()) {
      free.remove(of.getKey());
    }
    return array;
  }

  /** Arrays for keys and for their counts. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Two(long[] keys, long[] counts) {}

  /** Two arrays of at least this length; null if there is no room for both. */
  Two takeTwo(int length) {
    long[] keys = take(length);
    long[] counts = keys == null ? null : take(length);
    if (counts != null) {
      return new Two(keys, counts);
    }
    if (keys != null) {
      give(keys);
    }
    return null;
  }

  /** An array of this length, room or not: whoever has nothing could not go on. */
  long[] takeFirst(int length) {
    long[] array = take(length);
    if (array == null) {
      array = new long[length];
      taken += length;
    }
    return array;
  }

  /** Lets go of the arrays that nobody uses: others need the memory. */
  public void release() {
    free.forEach((length, arrays) -> taken -= (long) length * arrays.size());
    free.clear();
    scratch = new long[0];
    secondScratch = new long[0];
  }

  void give(long[] array) {
    if (array.length > 0) {
      free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
    }
  }

  /** Room to sort so many keys. */
  long[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new long[withMargin(length)];
    }
    return scratch;
  }

  /** Room for their counts beside them. */
  long[] secondScratch(int length) {
    if (secondScratch.length < length) {
      secondScratch = new long[withMargin(length)];
    }
    return secondScratch;
  }

  /** The next feature may have a few more values. */
  private int withMargin(int length) {
    return (int) Math.min(mostSorted, length + (long) length / MARGIN);
  }
}
