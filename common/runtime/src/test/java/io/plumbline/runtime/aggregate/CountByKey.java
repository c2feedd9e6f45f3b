package io.plumbline.runtime.aggregate;

import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts texts in panes of ten milliseconds; about ten bytes for each text and pane. */
final class CountByKey implements PartialAggregate<String, CountByKey.Count> {
  private static final long PANE = 10;

  private final TreeMap<Long, TreeMap<String, Long>> panes = new TreeMap<>();
  private final boolean isBroken;

  CountByKey() {
    this(false);
  }

  /**
   * @param isBroken whether it fails before a checkpoint
   */
  CountByKey(boolean isBroken) {
    this.isBroken = isBroken;
  }

  /** How often a text came in the pane that ends then. */
  public record Count(long paneEnd, String text, long count) {}

  @Override
  public void add(String event, long timestamp) {
    long end = (Math.floorDiv(timestamp, PANE) + 1) * PANE;
    panes.computeIfAbsent(end, e -> new TreeMap<>()).merge(event, 1L, Long::sum);
  }

  @Override
  public void beforeCheckpoint() {
    if (isBroken) {
      throw new IllegalStateException("broken");
    }
  }

  @Override
  public long bytes() {
    return 10 * panes.values().stream().mapToLong(TreeMap::size).sum();
  }

  @Override
  public long firstPaneEnd() {
    return panes.isEmpty() ? NOTHING : panes.firstKey();
  }

  @Override
  public void flush(long end, Consumer<Count> out) {
    while (!panes.isEmpty() && panes.firstKey() <= end) {
      var pane = panes.pollFirstEntry();
      pane.getValue().forEach((text, count) -> out.accept(new Count(pane.getKey(), text, count)));
    }
  }
}
