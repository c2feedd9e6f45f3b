package io.plumbline.stats.numeric;

import java.io.DataOutput;
import java.io.IOException;

/** How often each key stands. */
abstract sealed class ValueCounts permits BoundedCounts, ExactCounts, HistogramCounts {
  /** Adds a key that stands once. */
  abstract void add(long key);

  /** Adds the keys from {@code from} to {@code to}, without, each once. */
  abstract void addAll(long[] keys, int from, int to);

  /** Adds a key that stands {@code count} times. */
  abstract void add(long key, long count);

  /** Makes ready for so many more keys. */
  void expect(long keys) {}

  /** Keys held as they came: how much a part that is sent on weighs. */
  abstract int buffered();

  /** All that was added, sorted. It holds until more is added. */
  abstract CellBlocks blocks();

  abstract void merge(ValueCounts other);

  /** Only values in bounded memory are sent; others stay where they are gathered. */
  void writeTo(DataOutput out) throws IOException {
    throw new IllegalStateException("values that are gathered for one comparison are not sent");
  }

  /** Gives back memory and files; nothing may be asked of it any more. */
  void release() {}
}
