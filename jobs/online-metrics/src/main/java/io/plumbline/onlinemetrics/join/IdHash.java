package io.plumbline.onlinemetrics.join;

/**
 * What stands for a prediction id in state: the first 16 bytes of its SHA-256, so that nobody can
 * make two ids that meet.
 *
 * @param high the first 8 of them
 */
record IdHash(long high, long low) {
  static final int BUCKETS = 16_384;

  private static final Integer[] KEYS = keys();

  private static Integer[] keys() {
    Integer[] keys = new Integer[BUCKETS];
    for (int i = 0; i < BUCKETS; i++) {
      keys[i] = i;
    }
    return keys;
  }

  /** The bucket that the id is in, by which streams are keyed: always the same object. */
  Integer bucket() {
    return bucket(high);
  }

  /** The bucket of an id with this first half. */
  static Integer bucket(long high) {
    return KEYS[(int) (high & (BUCKETS - 1))];
  }

  // Written out: those that the compiler makes of a record are slow, and this is once a record.
  @Override
  public boolean equals(Object other) {
    return other instanceof IdHash that && high == that.high && low == that.low;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(low);
  }
}
