package io.plumbline.stats.numeric;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** Sorted keys in a file, each alone or with its count. */
final class SortedRun extends CellBlocks {
  /** Cells of a block: half a megabyte of keys. */
  private static final int BLOCK = 1 << 16;

  private final SpillFile file;
  private final boolean counted;

  /** The greatest key of each block. */
  private final long[] greatest;

  /** The values before each block, and in all. */
  private final long[] before;

  private final long cells;

  private SortedRun(Writer written) throws IOException {
    file = written.file;
    counted = written.counted;
    greatest = Arrays.copyOf(written.greatest, written.blocks);
    before = Arrays.copyOf(written.before, written.blocks + 1);
    cells = written.cells;
  }

  /** Writes the cells, which are exact. */
  static SortedRun write(Cells cells, ValueMemory.Spill spill) throws IOException {
    // Where a value stands often, its count says the same in less room.
    Writer writer = new Writer(spill, cells.count() != null || manyAlike(cells));
    try {
      for (int i = 0; i < cells.size(); i++) {
        writer.add(cells.low()[i], cells.countOf(i));
      }
      return writer.finish();
    } catch (IOException | RuntimeException e) {
      writer.file.delete();
      throw e;
    }
  }

  private static boolean manyAlike(Cells cells) {
    int distinct = 0;
    for (int i = 0; i < cells.size(); i++) {
      distinct += i == 0 || cells.low()[i] != cells.low()[i - 1] ? 1 : 0;
    }
    return distinct <= cells.size() / 2;
  }

  /** One run of all. */
  static SortedRun merge(List<SortedRun> runs, ValueMemory.Spill spill) throws IOException {
    Writer writer = new Writer(spill, runs.stream().anyMatch(run -> run.counted));
    try {
      merge(runs, writer);
      return writer.finish();
    } catch (IOException | RuntimeException e) {
      writer.file.delete();
      throw e;
    }
  }

  private static void merge(List<SortedRun> runs, Writer writer) throws IOException {
    PriorityQueue<CellCursor> next = new PriorityQueue<>((a, b) -> Long.compare(a.low(), b.low()));
    for (SortedRun run : runs) {
      next.add(new CellCursor(run));
    }
    while (!next.isEmpty()) {
      CellCursor least = next.remove();
      long until = next.isEmpty() ? Long.MAX_VALUE : next.element().low();
      // What comes before all others needs no queue.
      while (least.present() && least.low() <= until) {
        writer.add(least.low(), least.count());
        least.next();
      }
      if (least.present()) {
        next.add(least);
      }
    }
  }

  @Override
  int level() {
    return 0;
  }

  @Override
  int blocks() {
    return greatest.length;
  }

  @Override
  Cells block(int block) {
    int size = (int) Math.min(BLOCK, cells - (long) block * BLOCK);
    long position = (long) block * BLOCK * (counted ? 2 : 1);
    long[] words = new long[counted ? 2 * size : size];
    try {
      file.read(position, words);
    } catch (IOException e) {
      throw new SpillFailure("spilled values cannot be read", e);
    }
    if (!counted) {
      return new Cells(0, size, words, words, null);
    }
    // A block's keys stand before its counts.
    long[] keys = Arrays.copyOf(words, size);
    return new Cells(0, size, keys, keys, Arrays.copyOfRange(words, size, 2 * size));
  }

  @Override
  long greatest(int block) {
    return greatest[block];
  }

  @Override
  long countBefore(int block) {
    return before[block];
  }

  /** How many cells it has. */
  long cells() {
    return cells;
  }

  void delete() {
    file.delete();
  }

  /** Writes cells block by block. */
  private static final class Writer {
    private final SpillFile file;
    private final boolean counted;
    private final long[] keys = new long[BLOCK];
    private final long[] counts = new long[BLOCK];
    private int size;
    private long cells;
    private long values;
    private int blocks;
    private long[] greatest = new long[16];
    private long[] before = new long[17];

    Writer(ValueMemory.Spill spill, boolean counted) throws IOException {
      file = SpillFile.create(spill.newFile());
      this.counted = counted;
    }

    void add(long key, long count) throws IOException {
      if (!counted) {
        for (long i = 0; i < count; i++) {
          append(key, 1);
        }
      } else if (size > 0 && keys[size - 1] == key) {
        counts[size - 1] += count;
        values += count;
      } else {
        append(key, count);
      }
    }

    private void append(long key, long count) throws IOException {
      if (size == BLOCK) {
        flush();
      }
      keys[size] = key;
      counts[size++] = count;
      values += count;
    }

    private void flush() throws IOException {
      if (blocks == greatest.length) {
        greatest = Arrays.copyOf(greatest, 2 * blocks);
        before = Arrays.copyOf(before, 2 * blocks + 1);
      }
      greatest[blocks++] = keys[size - 1];
      before[blocks] = values;
      cells += size;
      file.append(keys, size);
      if (counted) {
        file.append(counts, size);
      }
      size = 0;
    }

    SortedRun finish() throws IOException {
      if (size > 0) {
        flush();
      }
      file.written();
      return new SortedRun(this);
    }
  }
}
