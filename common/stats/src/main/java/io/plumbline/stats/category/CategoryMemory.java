package io.plumbline.stats.category;

import java.util.Optional;

/**
 * The memory that the texts of one feature may fill, of both sides and in all segments. When it is
 * full the feature is given up: its counts let their categories go and count cells alone.
 */
public final class CategoryMemory {
  /** Of each category beside its text: its count and place, and what comparing it takes. */
  private static final int ENTRY_BYTES = 160;

  /** An array grows to twice its length. */
  private static final int TIMES = 2;

  /** A column that takes less than this part leaves others their memory. */
  private static final int SMALL_PART = 8;

  private final long bytes;
  private final Runnable makeRoom;
  private long used;
  private long categories;
  private boolean asked;
  private boolean full;

  /**
   * @param bytes that may be used
   * @param makeRoom is called once, when the texts turn out to need a large part of it
   */
  public CategoryMemory(long bytes, Runnable makeRoom) {
    this.bytes = bytes;
    this.makeRoom = makeRoom;
  }

  /** Without an end: for counts that are small, or sent on when they are not. */
  static CategoryMemory unlimited() {
    return new CategoryMemory(Long.MAX_VALUE, () -> {});
  }

  /** Takes what a further category needs, unless it is full. */
  void take(int length) {
    used += ENTRY_BYTES + (long) TIMES * length;
    categories++;
    if (used > bytes) {
      full = true;
    } else if (!asked && used > bytes / SMALL_PART) {
      asked = true;
      makeRoom.run();
    }
  }

  /** Whether the feature is given up. */
  public boolean full() {
    return full;
  }

  /** Why the feature is given up, and what to do; empty: it is not. */
  public Optional<String> reason() {
    return full
        ? Optional.of(
            "more distinct values than memory holds, which %,d filled: if they tell rows apart, say role: id in the config, else leave it out with --exclude, or give more memory (PLUMBLINE_JAVA_OPTS=-Xmx4g)"
                .formatted(categories))
        : Optional.empty();
  }
}
