package io.plumbline.onlinemetrics.join;

import java.util.Arrays;
import java.util.function.IntToLongFunction;

/**
 * Visits many ids bucket by bucket, since state is written to under one key at a time; a bucket of
 * very many in several turns.
 */
final class ByBucket {
  /** Ids that are visited at once: a bucket may be chosen by whoever chooses ids. */
  private static final int MOST = 1000;

  private ByBucket() {}

  /** Takes ids of one bucket. */
  @FunctionalInterface
  interface Visitor {
    /**
     * @param places of the ids, among those that are visited
     */
    void visit(Integer bucket, int[] places) throws Exception;
  }

  /**
   * Visits ids.
   *
   * @param count how many there are, whose places are the numbers from 0
   * @param high the first half of the id at a place
   */
  static void forEach(int count, IntToLongFunction high, Visitor visitor) throws Exception {
    // Numbers are sorted much faster than what they stand for.
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = ((long) IdHash.bucket(high.applyAsLong(i)) << Integer.SIZE) | i;
    }
    Arrays.sort(order);
    int from = 0;
    while (from < count) {
      Integer bucket = IdHash.bucket(high.applyAsLong((int) order[from]));
      int to = from + 1;
      while (to < count && to - from < MOST && order[to] >>> Integer.SIZE == bucket) {
        to++;
      }
      int[] places = new int[to - from];
      for (int i = from; i < to; i++) {
        places[i - from] = (int) order[i];
      }
      visitor.visit(bucket, places);
      from = to;
    }
  }
}
