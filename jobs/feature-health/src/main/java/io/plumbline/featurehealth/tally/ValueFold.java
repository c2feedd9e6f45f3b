package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureValue;
import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts the values of {@code plumbline.features} by feature and window. */
public final class ValueFold implements PartialAggregate<FeatureValue, FeatureBlock> {
  private final RegistryView view;
  private final long window;
  private final long seriesLimit;

  private transient Registry registry;
  private transient SeriesBudget budget;
  private transient Set<String> known;
  private transient Map<String, Expectation> expected;
  private transient TreeMap<Long, Map<String, FeatureTally>> panes;
  private transient Cell cell;
  private transient long bytes;

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   * @param seriesLimit of features that a task tells apart
   */
  public ValueFold(RegistryView view, long windowMillis, long seriesLimit) {
    this.view = view;
    window = windowMillis;
    this.seriesLimit = seriesLimit;
  }

  @Override
  public void open() {
    view.open();
    budget = new SeriesBudget(seriesLimit);
    known = new HashSet<>();
    panes = new TreeMap<>();
    cell = new Cell();
    adopt(view.current());
  }

  @Override
  public void close() throws InterruptedException {
    view.close();
  }

  private void adopt(Registry now) {
    registry = now;
    expected = new HashMap<>();
  }

  @Override
  public void add(FeatureValue event, long timestamp) {
    Registry now = view.current();
    if (now != registry) {
      adopt(now);
    }
    String feature = named(event.feature());
    cell.read(event.value(), expectation(feature));
    Map<String, FeatureTally> pane =
        panes.computeIfAbsent(Math.floorDiv(timestamp, window) * window, start -> new HashMap<>());
    FeatureTally tally = pane.get(feature);
    if (tally == null) {
      tally = new FeatureTally();
      pane.put(feature, tally);
      bytes += FeatureTally.BYTES + FeatureTally.BYTES_OF_SUMS;
    }
    tally.add(cell);
    if (event.version() != null) {
      tally.addVersion(event.version());
    }
  }

  private String named(String feature) {
    if (known.contains(feature) || registry.isRegistered(feature)) {
      return feature;
    }
    if (!budget.grants(1)) {
      return SeriesBudget.OTHER;
    }
    known.add(feature);
    return feature;
  }

  private Expectation expectation(String feature) {
    return expected.computeIfAbsent(feature, registry::expectation);
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public long firstPaneEnd() {
    return panes.isEmpty() ? NOTHING : panes.firstKey() + window;
  }

  @Override
  public void flush(long end, Consumer<FeatureBlock> out) {
    while (!panes.isEmpty() && panes.firstKey() + window <= end) {
      Map.Entry<Long, Map<String, FeatureTally>> pane = panes.pollFirstEntry();
      pane.getValue()
          .forEach(
              (feature, tally) -> {
                FeatureBlock block = new FeatureBlock("", "", "", 0, pane.getKey());
                block.put(feature, expectation(feature), tally);
                out.accept(block);
              });
    }
    if (panes.isEmpty()) {
      bytes = 0;
    }
  }
}
