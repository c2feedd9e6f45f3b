package io.plumbline.stats.numeric;

import java.io.DataOutput;
import java.io.IOException;

/** How often each key stands. */
abstract sealed class ValueCounts permits BoundedCounts, ExactCounts, HistogramCounts {
  /** Adds a key that stands once. */
  abstract void add(long key);

  /** Adds the first {@code size} keys, each once. */
  abstract void addAll(long[] keys, int size);

  /** Adds a key that stands {@code count} times. */
  abstract void add(long key, long count);

  /** Makes ready for so many more keys. */
  void expect(long keys) {}

  /** Keys held as they came: how much a part that is sent on weighs. */
  abstract int buffered();

  /** All that was added, sorted. It holds until more is added. */
  abstract CellBlocks blocks();

  abstract void merge(ValueCounts other);

  abstract void writeTo(DataOutput out) throws IOException;

  /** Gives back memory and files; nothing may be asked of it any more. */
  void release() {}
}
