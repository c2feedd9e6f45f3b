package io.plumbline.drift;

/**
 * Up to how many distinct values the distribution of a snapshot's feature is exact while it is put
 * together: what fits in the heap, rounded down to a power of two. Beyond it values share cells and
 * every figure carries its bound.
 */
final class ExactValues {
  /** Of a value: buffer, sorted cell, count, sums, and the room to sort. */
  private static final long BYTES_PER_VALUE = 128;

  private static final int LEAST = 1 << 16;
  private static final int MOST = 1 << 28;

  private ExactValues() {}

  static int limit() {
    long heap = Runtime.getRuntime().maxMemory();
    long fitting = Long.highestOneBit(Math.max(1, heap / BYTES_PER_VALUE));
    return (int) Math.min(MOST, Math.max(LEAST, fitting));
  }
}
