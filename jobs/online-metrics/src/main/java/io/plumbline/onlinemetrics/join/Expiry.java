package io.plumbline.onlinemetrics.join;

import java.util.Arrays;
import org.apache.flink.runtime.state.internal.InternalListState;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.util.function.ThrowingConsumer;

/**
 * Lists of the ids of a bucket that are due at one time, so that expiry reads what is due and
 * nothing else. A list is appended to without being read, and has one timer.
 *
 * <p>An id is due a little after the horizon has ended: at the next multiple of a sixteenth of the
 * horizon, with another phase in each bucket, so that they are not all due at once.
 */
final class Expiry {
  private static final int PARTS = 16;

  /** Of the timers that were registered last, which need not be registered again. */
  private static final int REMEMBERED = 1 << 16;

  private final InternalListState<Integer, Long, IdHash> lists;
  private final InternalTimerService<Long> timers;
  private final long allowedLateness;
  private final long[] registered = new long[REMEMBERED];

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

  /** Enters an id of the current bucket. */
  void enter(IdHash hash, long due, int bucket) throws Exception {
    Long namespace = due;
    lists.setCurrentNamespace(namespace);
    lists.add(hash);
    // One number for both: a time in milliseconds has 48 bits.
    long timer = due * IdHash.BUCKETS + bucket;
    int place = (int) ((timer * 0x9E3779B97F4A7C15L) >>> 48);
    if (registered[place] != timer) {
      registered[place] = timer;
      timers.registerEventTimeTimer(namespace, due + allowedLateness);
    }
  }

  /** Takes out what is due in the current bucket. */
  void takeOut(Long due, ThrowingConsumer<IdHash, Exception> out) throws Exception {
    lists.setCurrentNamespace(due);
    Iterable<IdHash> list = lists.get();
    if (list != null) {
      for (IdHash hash : list) {
        out.accept(hash);
      }
    }
    lists.setCurrentNamespace(due);
    lists.clear();
  }
}
