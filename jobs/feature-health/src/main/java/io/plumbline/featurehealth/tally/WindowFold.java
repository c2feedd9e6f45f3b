package io.plumbline.featurehealth.tally;

import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.expectation.CheckedValue;
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
  /** Of a pane, beside what it holds. */
  private static final int BYTES_OF_PANE = 200;

  private final RegistryView view;
  private final long window;

  private transient Registry registry;
  private transient TreeMap<Long, Map<K, C>> panes;
  private transient long lastStart;
  private transient Map<K, C> lastPane;

  /** Of what the panes hold. */
  private transient long bytes;

  /** The value that is looked at. */
  transient CheckedValue checked;

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   */
  WindowFold(RegistryView view, long windowMillis) {
    this.view = view;
    window = windowMillis;
  }

  @Override
  public final void open(long mostBytes) {
    view.open();
    panes = new TreeMap<>();
    checked = new CheckedValue();
    begin(mostBytes);
    refresh();
  }

  @Override
  public final void close() throws InterruptedException {
    view.close();
  }

  @Override
  public final void beforeCheckpoint() {
    refresh();
  }

  /**
   * Called once, before there is a registry.
   *
   * @param mostBytes of memory, at which the panes are flushed
   */
  abstract void begin(long mostBytes);

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
    long start = timestamp - Math.floorMod(timestamp, window);
    if (lastPane == null || start != lastStart) {
      lastPane = panes.get(start);
      lastStart = start;
      if (lastPane == null) {
        // In order: what was counted by an older registry leaves before what was by a newer one.
        lastPane = new LinkedHashMap<>();
        panes.put(start, lastPane);
        bytes += BYTES_OF_PANE;
      }
    }
    return lastPane;
  }

  /** Counts memory that the panes have taken. */
  final void grown(long more) {
    bytes += more;
  }

  @Override
  public final long bytes() {
    return bytes + bytesBesidePanes();
  }

  /** About how many bytes of memory a flush does not free. */
  abstract long bytesBesidePanes();

  @Override
  public final long firstPaneEnd() {
    return panes.isEmpty() ? NOTHING : panes.firstKey() + window;
  }

  @Override
  public final void flush(long end, Consumer<FeatureBlock> out) {
    lastPane = null;
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
