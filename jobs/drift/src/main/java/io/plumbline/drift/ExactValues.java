package io.plumbline.drift;

/**
 * Up to how many distinct values a side's distribution is held exactly: what fits in the heap
 * beside that of the other tasks of the process, rounded down to a power of two. Beyond it values
 * share cells and every figure carries its bound.
 */
final class ExactValues {
  /** A value of each side: buffer, sorted cell, count, sums, and the room to sort. */
  private static final long BYTES_PER_VALUE = 128;

  private static final int LEAST = 1 << 16;
  private static final int MOST = 1 << 28;

  private ExactValues() {}

  static int limit(int parallelism) {
    return limit(Runtime.getRuntime().maxMemory(), parallelism);
  }

  static int limit(long heap, int parallelism) {
    long fitting = Long.highestOneBit(Math.max(1, heap / BYTES_PER_VALUE / parallelism));
    return (int) Math.min(MOST, Math.max(LEAST, fitting));
  }
}
