package io.plumbline.stats.numeric;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * How often each key stands, in bounded memory. Exact while there are at most {@code limit}
 * distinct keys; beyond that the least number of low bits is dropped with which the cells are at
 * most that many. What the cells are depends on the keys alone, not on how they were split into
 * parts.
 *
 * <p>Keys are only appended as they come; sorting waits for {@link #blocks} or a full buffer, so
 * that a part which is sent on is never sorted twice.
 */
final class BoundedCounts extends ValueCounts {
  private static final int FIRST_CAPACITY = 256;

  private final int limit;
  private long[] raw = new long[0];
  private int rawSize;
  private long[] pairKeys = new long[0];
  private long[] pairCounts = new long[0];
  private int pairSize;
  private Cells cells = Cells.EMPTY;

  BoundedCounts(int limit) {
    // With all bits but the sign's dropped there still are two cells.
    if (limit < 2) {
      throw new IllegalArgumentException("limit of distinct values: %s < 2".formatted(limit));
    }
    this.limit = limit;
  }

  BoundedCounts(int limit, Cells cells) {
    this(limit);
    this.cells = cells.within(limit);
  }

  @Override
  void add(long key) {
    if (rawSize == raw.length) {
      makeRoom(1);
    }
    raw[rawSize++] = key;
  }

  @Override
  void addAll(long[] keys, int from, int to) {
    for (int next = from; next < to; ) {
      makeRoom(1);
      int now = Math.min(to - next, raw.length - rawSize);
      System.arraycopy(keys, next, raw, rawSize, now);
      rawSize += now;
      next += now;
    }
  }

  @Override
  void add(long key, long count) {
    if (pairSize == pairKeys.length) {
      if (pairSize >= mostBuffered()) {
        sortBuffers();
      }
      int capacity = Math.max(FIRST_CAPACITY, 2 * pairSize);
      pairKeys = Arrays.copyOf(pairKeys, capacity);
      pairCounts = Arrays.copyOf(pairCounts, capacity);
    }
    pairKeys[pairSize] = key;
    pairCounts[pairSize++] = count;
  }

  @Override
  int buffered() {
    return rawSize;
  }

  private void makeRoom(int more) {
    if (rawSize + more > mostBuffered()) {
      sortBuffers();
    }
    int needed = rawSize + more;
    if (needed > raw.length) {
      raw = Arrays.copyOf(raw, Math.max(Math.max(FIRST_CAPACITY, needed), 2 * rawSize));
    }
  }

  /**
   * Values that wait unsorted. More than the limit would make the memory theirs, not the cells'.
   */
  private int mostBuffered() {
    return Math.max(FIRST_CAPACITY, limit);
  }

  private void sortBuffers() {
    if (rawSize > 0) {
      RadixSort.sort(raw, rawSize);
      Cells sorted = Cells.ofSorted(raw, null, rawSize);
      rawSize = 0;
      cells = Cells.merge(cells, sorted).within(limit);
    }
    if (pairSize > 0) {
      RadixSort.sort(pairKeys, pairCounts, pairSize);
      Cells sorted = Cells.ofSorted(pairKeys, pairCounts, pairSize);
      pairSize = 0;
      cells = Cells.merge(cells, sorted).within(limit);
    }
  }

  /** All that was added, sorted; the buffers are given back. */
  @Override
  CellBlocks blocks() {
    return CellBlocks.inMemory(cells());
  }

  Cells cells() {
    sortBuffers();
    raw = new long[0];
    pairKeys = new long[0];
    pairCounts = new long[0];
    return cells;
  }

  @Override
  void merge(ValueCounts from) {
    if (!(from instanceof BoundedCounts other)) {
      throw new IllegalArgumentException("values in bounded memory cannot take all of another's");
    }
    makeRoom(other.rawSize);
    System.arraycopy(other.raw, 0, raw, rawSize, other.rawSize);
    rawSize += other.rawSize;
    for (int i = 0; i < other.pairSize; i++) {
      add(other.pairKeys[i], other.pairCounts[i]);
    }
    if (other.cells.size() > 0) {
      cells = Cells.merge(cells, other.cells).within(limit);
    }
  }

  @Override
  void writeTo(DataOutput out) throws IOException {
    write(out, raw, rawSize);
    write(out, pairKeys, pairSize);
    write(out, pairCounts, pairSize);
    out.writeByte(cells.level());
    write(out, cells.low(), cells.size());
    if (cells.level() > 0) {
      write(out, cells.high(), cells.size());
    }
    write(out, cells.count(), cells.size());
  }

  void readFrom(DataInput in) throws IOException {
    raw = read(in);
    rawSize = raw.length;
    pairKeys = read(in);
    pairCounts = read(in);
    pairSize = pairKeys.length;
    int level = in.readByte();
    long[] low = read(in);
    long[] high = level > 0 ? read(in) : low;
    cells = new Cells(level, low.length, low, high, read(in));
  }

  private static void write(DataOutput out, long[] values, int size) throws IOException {
    out.writeInt(size);
    byte[] bytes = new byte[size * Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().put(values, 0, size);
    out.write(bytes);
  }

  private static long[] read(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt() * Long.BYTES];
    in.readFully(bytes);
    long[] values = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(values);
    return values;
  }
}
