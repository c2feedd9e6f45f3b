package io.plumbline.testing.passthrough;

import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.testing.passthrough.PassThroughJob.Numbered;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Counts the events of each key in one pane that ends last of all: so only barriers and the bound
 * make it give them away.
 */
final class CountPerKey implements PartialAggregate<Numbered, CountPerKey.Count> {
  private static final long PANE_END = NOTHING - 1;
  private static final long BYTES_PER_KEY = 64;

  private final Map<String, Long> counts = new HashMap<>();

  /** So many more events of a key. */
  public record Count(String key, long events) {}

  @Override
  public void add(Numbered event, long timestamp) {
    counts.merge(event.key(), 1L, Long::sum);
  }

  @Override
  public long bytes() {
    return BYTES_PER_KEY * counts.size();
  }

  @Override
  public long firstPaneEnd() {
    return counts.isEmpty() ? NOTHING : PANE_END;
  }

  @Override
  public void flush(long end, Consumer<Count> out) {
    counts.forEach((key, events) -> out.accept(new Count(key, events)));
    counts.clear();
  }
}
