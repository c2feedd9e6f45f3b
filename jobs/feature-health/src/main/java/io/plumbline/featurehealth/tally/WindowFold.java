package io.plumbline.featurehealth.tally;

import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.window.Window;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Counts events by window, as the registry has it at the time.
 *
 * @param <E> the event
 * @param <K> by what the counts of a window are told apart
 * @param <C> what is counted under a key
 */
abstract class WindowFold<E, K, C> implements PartialAggregate<E, FeatureBlock> {
  private final RegistryView view;
  private final long window;

  private transient Registry registry;
  private transient TreeMap<Long, Map<K, C>> panes;
  private transient long bytes;

  /** The value that is looked at. */
  transient Cell cell;

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   */
  WindowFold(RegistryView view, long windowMillis) {
    this.view = view;
    window = windowMillis;
  }

  @Override
  public final void open() {
    view.open();
    panes = new TreeMap<>();
    cell = new Cell();
    begin();
    refresh();
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  /** Called once, before there is a registry. */
  void begin() {}

  /** Forgets what was looked up in the registry before this one. */
  abstract void adopt();

  /** Sees to it that the registry is the one that holds now. */
  final void refresh() {
    Registry now = view.current();
    if (now != registry) {
      registry = now;
      adopt();
    }
  }

  final Registry registry() {
    return registry;
  }

  /** The counts of the window that this time is in. */
  final Map<K, C> pane(long timestamp) {
    return panes.computeIfAbsent(
        // In order: what was counted by an older registry leaves before what was by a newer one.
        Math.floorDiv(timestamp, window) * window, start -> new LinkedHashMap<>());
  }

  /** A tally of the present windows. */
  final FeatureTally newTally(Expectation expected) {
    bytes += FeatureTally.BYTES + FeatureTally.BYTES_OF_SUMS;
    return new FeatureTally(expected.bounds());
  }

  @Override
  public final long bytes() {
    return bytes;
  }

  @Override
  public final long firstPaneEnd() {
    return panes.isEmpty() ? NOTHING : panes.firstKey() + window;
  }

  @Override
  public final void flush(long end, Consumer<FeatureBlock> out) {
    while (!panes.isEmpty() && panes.firstKey() + window <= end) {
      Map.Entry<Long, Map<K, C>> pane = panes.pollFirstEntry();
      pane.getValue()
          .forEach((key, counted) -> flush(key, counted, new Window(pane.getKey(), window), out));
    }
    if (panes.isEmpty()) {
      bytes = 0;
    }
  }

  /** Gives away what was counted under a key in a window. */
  abstract void flush(K key, C counted, Window window, Consumer<FeatureBlock> out);
}
