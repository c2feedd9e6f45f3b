package io.plumbline.onlinemetrics.join;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Lists of the ids of a bucket that are due at one time, so that expiry reads what is due and
 * nothing else. A list is appended to without being read, and has one timer. What is new waits on
 * the heap, so that a list gets many ids at once.
 *
 * <p>An id is due a little after the horizon has ended: at the next multiple of a sixteenth of the
 * horizon, with another phase in each bucket, so that they are not all due at once.
 */
final class Expiry {
  private static final int PARTS = 16;

  /** Of the timers that were registered last, which need not be registered again. */
  private static final int REMEMBERED = 1 << 16;

  private static final int FIRST_CAPACITY = 1024;

  private final InternalListState<Integer, Long, IdHash> lists;
  private final InternalTimerService<Long> timers;
  private final long allowedLateness;
  private final long[] registered = new long[REMEMBERED];

  // In columns: what lives for a while as so many objects, a collector of garbage copies.
  private long[] highs = new long[FIRST_CAPACITY];
  private long[] lows = new long[FIRST_CAPACITY];
  private long[] dues = new long[FIRST_CAPACITY];
  private int held;

  /** Nothing that waits is due before it. */
  private long firstDue = Long.MAX_VALUE;

  /**
   * @param lists by time due
   * @param timers with the time due as namespace
   * @param allowedLateness in milliseconds, by which timers go off after what they are for is due
   */
  Expiry(
      InternalListState<Integer, Long, IdHash> lists,
      InternalTimerService<Long> timers,
      long allowedLateness) {
    this.lists = lists;
    this.timers = timers;
    this.allowedLateness = allowedLateness;
    Arrays.fill(registered, Long.MIN_VALUE);
  }

  /** When an id is due, in epoch milliseconds. */
  static long due(KnownId known, int bucket) {
    long due = Long.MIN_VALUE;
    for (KeptPrediction prediction : known.predictions()) {
      due = Math.max(due, due(prediction.ts(), prediction.served().horizon(), bucket));
    }
    if (!known.hasPredictions()) {
      for (KeptLabel label : known.labels()) {
        due = Math.max(due, due(label.ts(), known.patience(), bucket));
      }
    }
    return due;
  }

  private static long due(long from, long horizon, int bucket) {
    long step = Math.max(1, horizon / PARTS);
    long phase = step * bucket / IdHash.BUCKETS;
    return phase - Math.floorDiv(phase - from - horizon, step) * step;
  }

  /** Enters an id; it waits for {@link #append}. */
  void enter(IdHash id, long due) {
    if (held == dues.length) {
      highs = Arrays.copyOf(highs, 2 * held);
      lows = Arrays.copyOf(lows, 2 * held);
      dues = Arrays.copyOf(dues, 2 * held);
    }
    highs[held] = id.high();
    lows[held] = id.low();
    dues[held] = due;
    held++;
    firstDue = Math.min(firstDue, due);
  }

  /** Whether what waits must be appended before this watermark passes. */
  boolean isDue(long watermark) {
    return firstDue != Long.MAX_VALUE && firstDue + allowedLateness <= watermark;
  }

  /**
   * Puts what waits into the state.
   *
   * @param keys sets the bucket that is current
   */
  void append(Consumer<Integer> keys) throws Exception {
    ByBucket.forEach(held, place -> highs[place], (bucket, places) -> append(bucket, places, keys));
    held = 0;
    firstDue = Long.MAX_VALUE;
  }

  private void append(Integer bucket, int[] places, Consumer<Integer> keys) throws Exception {
    Map<Long, List<IdHash>> byDue = new HashMap<>();
    for (int place : places) {
      byDue
          .computeIfAbsent(dues[place], due -> new ArrayList<>())
          .add(new IdHash(highs[place], lows[place]));
    }
    keys.accept(bucket);
    for (Map.Entry<Long, List<IdHash>> list : byDue.entrySet()) {
      lists.setCurrentNamespace(list.getKey());
      lists.addAll(list.getValue());
      register(list.getKey(), bucket);
    }
  }

  private void register(Long due, int bucket) {
    long list = list(due, bucket);
    int slot = slot(list);
    if (registered[slot] != list) {
      registered[slot] = list;
      timers.registerEventTimeTimer(due, due + allowedLateness);
    }
  }

  /** One number for both: a time in milliseconds has 48 bits. */
  private static long list(long due, int bucket) {
    return due * IdHash.BUCKETS + bucket;
  }

  private static int slot(long list) {
    return (int) ((list * 0x9E3779B97F4A7C15L) >>> 48);
  }

  /**
   * Takes out what is due in the current bucket, when its timer goes off; that of an earlier run
   * which allowed less lateness is registered again.
   */
  void takeOut(Long due, int bucket, ThrowingConsumer<IdHash, Exception> out) throws Exception {
    long list = list(due, bucket);
    if (registered[slot(list)] == list) {
      registered[slot(list)] = Long.MIN_VALUE;
    }
    if (due + allowedLateness > timers.currentWatermark()) {
      register(due, bucket);
      return;
    }
    lists.setCurrentNamespace(due);
    Iterable<IdHash> ids = lists.get();
    if (ids != null) {
      for (IdHash hash : ids) {
        out.accept(hash);
      }
    }
    lists.setCurrentNamespace(due);
    lists.clear();
  }
}
