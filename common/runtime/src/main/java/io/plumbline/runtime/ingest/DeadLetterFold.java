package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.function.Consumer;

/**
 * Counts dead letters in the task that makes them: a flood of them crosses no exchange to be
 * counted.
 */
final class DeadLetterFold implements PartialAggregate<DeadLetter, Long> {
  /** It has no panes: what it holds goes out with every watermark. */
  private static final long ALWAYS_OVER = Long.MIN_VALUE;

  private long count;

  @Override
  public void add(DeadLetter letter, long timestamp) {
    count++;
  }

  @Override
  public long bytes() {
    return Long.BYTES;
  }

  @Override
  public long firstPaneEnd() {
    return count == 0 ? NOTHING : ALWAYS_OVER;
  }

  @Override
  public void flush(long end, Consumer<Long> out) {
    out.accept(count);
    count = 0;
  }
}
