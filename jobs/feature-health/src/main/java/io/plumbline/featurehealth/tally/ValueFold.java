package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureValue;
import io.plumbline.events.ReservedNames;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.NameBudget;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the values of {@code plumbline.features} by feature and window. */
public final class ValueFold extends WindowFold<FeatureValue, ValueFold.Expected, FeatureTally> {
  /** Of a name: itself, its places in the maps, and what is expected of it. */
  private static final int BYTES_OF_NAME = 400;

  /** Of a feature in a window: its place there. */
  private static final int BYTES_OF_PLACE = 60;

  private final long seriesLimit;

  private transient NameBudget budget;
  private transient Set<String> known;
  private transient Map<String, Expected> expected;

  /** A feature as one registry has it: what is counted by the next one is counted apart. */
  static final class Expected {
    private final String feature;
    private final Expectation by;
    private final boolean named;

    Expected(String feature, Expectation by, boolean named) {
      this.feature = feature;
      this.by = by;
      this.named = named;
    }
  }

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   * @param seriesLimit of features that a task tells apart
   */
  public ValueFold(RegistryView view, long windowMillis, long seriesLimit) {
    super(view, windowMillis);
    this.seriesLimit = seriesLimit;
  }

  @Override
  void begin(long mostBytes) {
    budget = new NameBudget(seriesLimit, mostBytes / 2);
    known = new HashSet<>();
  }

  @Override
  void adopt() {
    expected = new HashMap<>();
  }

  @Override
  public void add(FeatureValue event, long timestamp) {
    refresh();
    Expected of = expected.get(event.feature());
    if (of == null) {
      of = lookedUp(named(event.feature()));
    }
    checked.check(event.value(), of.by);
    Map<Expected, FeatureTally> pane = pane(timestamp);
    FeatureTally tally = pane.get(of);
    int grown = 0;
    if (tally == null) {
      tally = new FeatureTally(of.by.bounds());
      pane.put(of, tally);
      grown = FeatureTally.BYTES + BYTES_OF_PLACE;
    }
    grown += tally.add(checked);
    if (event.version() != null) {
      grown += tally.addVersion(event.version());
    }
    grown(grown);
  }

  private String named(String feature) {
    if (known.contains(feature) || registry().isNamed(feature)) {
      return feature;
    }
    if (!budget.grants(1, BYTES_OF_NAME + feature.length())) {
      return ReservedNames.OTHER;
    }
    known.add(feature);
    return feature;
  }

  private Expected lookedUp(String feature) {
    return expected.computeIfAbsent(
        feature,
        name -> new Expected(name, registry().expectation(name), registry().isNamed(name)));
  }

  @Override
  long bytesBesidePanes() {
    return budget.bytes();
  }

  @Override
  void flush(Expected of, FeatureTally tally, Window window, Consumer<FeatureBlock> out) {
    FeatureBlock block = new FeatureBlock("", "", "", 0, window);
    block.put(of.feature, new FeatureBlock.Entry(of.by, of.named, tally));
    out.accept(block);
  }
}
