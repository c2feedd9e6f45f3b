package io.plumbline.stats.numeric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How often each key stands, exactly, however many there are: what has no room in memory is sorted
 * and written to a file, and the files are merged at the end.
 */
final class ExactCounts extends ValueCounts {
  /** Little: of ten thousand segments most may have a few values. */
  private static final int FIRST_CAPACITY = 1 << 6;

  /** What it takes at least, room or not: runs of fewer keys would be files without number. */
  private static final int LEAST_CAPACITY = 1 << 14;

  /** There never are more files. */
  private static final int MOST_RUNS = 32;

  /** So many are merged at once: the smallest, so that a large one is not written each time. */
  private static final int MERGED_RUNS = 16;

  private static final long[] NOTHING = {};

  private final ValueMemory memory;
  private long expected;
  private long[] raw = NOTHING;
  private int rawSize;
  private long[] pairKeys = NOTHING;
  private long[] pairCounts = NOTHING;
  private int pairSize;
  private final List<SortedRun> runs = new ArrayList<>();

  /** What {@link #blocks} found; null since more was added. */
  private CellBlocks sorted;

  private long[] mergedKeys = NOTHING;
  private long[] mergedCounts = NOTHING;

  ExactCounts(ValueMemory memory) {
    this.memory = memory;
  }

  @Override
  void expect(long keys) {
    expected = keys;
  }

  @Override
  void add(long key) {
    if (rawSize == raw.length || sorted != null) {
      makeRoom(1);
    }
    raw[rawSize++] = key;
  }

  @Override
  void addAll(long[] keys, int from, int to) {
    for (int next = from; next < to; ) {
      makeRoom(to - next);
      int now = Math.min(to - next, raw.length - rawSize);
      System.arraycopy(keys, next, raw, rawSize, now);
      rawSize += now;
      next += now;
    }
  }

  /** For at least one more. */
  private void makeRoom(int more) {
    changed();
    if (rawSize + more <= raw.length) {
      return;
    }
    long wanted = Math.max(Math.max(FIRST_CAPACITY, 2L * raw.length), (long) rawSize + more);
    long[] larger = larger(Math.max(wanted, expected));
    if (larger == null) {
      larger = larger(wanted);
    }
    if (larger == null && raw.length == 0) {
      larger = memory.takeFirst(LEAST_CAPACITY);
    }
    if (larger != null) {
      System.arraycopy(raw, 0, larger, 0, rawSize);
      memory.give(raw);
      raw = larger;
    } else if (rawSize == raw.length) {
      spillRaw();
    }
  }

  private long[] larger(long wanted) {
    int capacity = (int) Math.min(memory.mostSorted(), wanted);
    return capacity > raw.length ? memory.take(capacity) : null;
  }

  private void changed() {
    if (sorted != null) {
      sorted = null;
      memory.give(mergedKeys);
      memory.give(mergedCounts);
      mergedKeys = NOTHING;
      mergedCounts = NOTHING;
    }
  }

  @Override
  void add(long key, long count) {
    changed();
    if (pairSize == pairCapacity()) {
      makeRoomForPairs();
    }
    pairKeys[pairSize] = key;
    pairCounts[pairSize++] = count;
  }

  private int pairCapacity() {
    // The memory may give longer arrays than it is asked for.
    return Math.min(pairKeys.length, pairCounts.length);
  }

  private void makeRoomForPairs() {
    sortPairs();
    int now = pairCapacity();
    if (pairSize > 0 && pairSize <= now / 2) {
      return;
    }
    int capacity = Math.min(memory.mostSorted() / 2, Math.max(FIRST_CAPACITY, 2 * now));
    ValueMemory.Two larger = capacity > now ? memory.takeTwo(capacity) : null;
    if (larger == null && now > 0) {
      spillPairs();
      return;
    }
    long[] keys = larger == null ? memory.takeFirst(LEAST_CAPACITY) : larger.keys();
    long[] counts = larger == null ? memory.takeFirst(LEAST_CAPACITY) : larger.counts();
    System.arraycopy(pairKeys, 0, keys, 0, pairSize);
    System.arraycopy(pairCounts, 0, counts, 0, pairSize);
    memory.give(pairKeys);
    memory.give(pairCounts);
    pairKeys = keys;
    pairCounts = counts;
  }

  private void sortRaw() {
    RadixSort.sort(raw, rawSize, memory.scratch(rawSize));
  }

  /** Each key then stands once. */
  private void sortPairs() {
    if (pairSize == 0) {
      return;
    }
    RadixSort.sort(
        pairKeys, pairCounts, pairSize, memory.scratch(pairSize), memory.secondScratch(pairSize));
    int distinct = 0;
    for (int i = 1; i < pairSize; i++) {
      if (pairKeys[i] == pairKeys[distinct]) {
        pairCounts[distinct] += pairCounts[i];
      } else {
        pairKeys[++distinct] = pairKeys[i];
        pairCounts[distinct] = pairCounts[i];
      }
    }
    pairSize = distinct + 1;
  }

  private void spillRaw() {
    sortRaw();
    spill(new Cells(0, rawSize, raw, raw, null));
    rawSize = 0;
  }

  private void spillPairs() {
    spill(new Cells(0, pairSize, pairKeys, pairKeys, pairCounts));
    pairSize = 0;
  }

  private void spill(Cells cells) {
    try {
      runs.add(SortedRun.write(cells, memory.spill()));
      if (runs.size() == MOST_RUNS) {
        runs.sort(Comparator.comparingLong(SortedRun::cells));
        merge(runs.subList(0, MERGED_RUNS));
      }
    } catch (IOException e) {
      throw new SpillFailure("values cannot be spilled", e);
    }
  }

  /** Puts one run in the place of some. */
  private void merge(List<SortedRun> some) throws IOException {
    SortedRun merged = SortedRun.merge(some, memory.spill());
    some.forEach(SortedRun::delete);
    some.clear();
    runs.add(merged);
  }

  @Override
  int buffered() {
    return rawSize;
  }

  @Override
  CellBlocks blocks() {
    if (sorted == null) {
      sorted = sort();
    }
    return sorted;
  }

  private CellBlocks sort() {
    sortRaw();
    sortPairs();
    if (runs.isEmpty() && (rawSize == 0 || pairSize == 0)) {
      return CellBlocks.inMemory(
          pairSize == 0
              ? new Cells(0, rawSize, raw, raw, null)
              : new Cells(0, pairSize, pairKeys, pairKeys, pairCounts));
    }
    if (runs.isEmpty() && takeForBoth()) {
      return CellBlocks.inMemory(both());
    }
    if (rawSize > 0) {
      spillRaw();
    }
    if (pairSize > 0) {
      spillPairs();
    }
    try {
      if (runs.size() > 1) {
        merge(runs.subList(0, runs.size()));
      }
    } catch (IOException e) {
      throw new SpillFailure("spilled values cannot be merged", e);
    }
    return runs.get(0);
  }

  private boolean takeForBoth() {
    long cells = (long) rawSize + pairSize;
    if (cells > memory.mostSorted()) {
      return false;
    }
    ValueMemory.Two both = memory.takeTwo((int) cells);
    if (both == null) {
      return false;
    }
    mergedKeys = both.keys();
    mergedCounts = both.counts();
    return true;
  }

  private Cells both() {
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < rawSize || j < pairSize) {
      long key = j == pairSize || (i < rawSize && raw[i] <= pairKeys[j]) ? raw[i] : pairKeys[j];
      long count = 0;
      for (; i < rawSize && raw[i] == key; i++) {
        count++;
      }
      if (j < pairSize && pairKeys[j] == key) {
        count += pairCounts[j++];
      }
      mergedKeys[size] = key;
      mergedCounts[size++] = count;
    }
    return new Cells(0, size, mergedKeys, mergedKeys, mergedCounts);
  }

  @Override
  void merge(ValueCounts other) {
    CellBlocks theirs = other.blocks();
    if (theirs.level() > 0) {
      throw new IllegalArgumentException("exact values cannot take cells of several values");
    }
    for (CellCursor cell = new CellCursor(theirs); cell.present(); cell.next()) {
      if (cell.count() == 1) {
        add(cell.low());
      } else {
        add(cell.low(), cell.count());
      }
    }
  }

  @Override
  void release() {
    changed();
    memory.give(raw);
    memory.give(pairKeys);
    memory.give(pairCounts);
    raw = NOTHING;
    pairKeys = NOTHING;
    pairCounts = NOTHING;
    rawSize = 0;
    pairSize = 0;
    runs.forEach(SortedRun::delete);
    runs.clear();
  }
}
