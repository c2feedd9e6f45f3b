package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureValue;
import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.featurehealth.registry.RegistryView;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Counts the values of {@code plumbline.features} by feature and window. */
public final class ValueFold extends WindowFold<FeatureValue, String, FeatureTally> {
  private final long seriesLimit;

  private transient SeriesBudget budget;
  private transient Set<String> known;
  private transient Map<String, Expectation> expected;

  /**
   * @param windowMillis the length of windows, which begin at the epoch
   * @param seriesLimit of features that a task tells apart
   */
  public ValueFold(RegistryView view, long windowMillis, long seriesLimit) {
    super(view, windowMillis);
    this.seriesLimit = seriesLimit;
  }

  @Override
  void begin() {
    budget = new SeriesBudget(seriesLimit);
    known = new HashSet<>();
  }

  @Override
  void adopt() {
    expected = new HashMap<>();
  }

  @Override
  public void add(FeatureValue event, long timestamp) {
    refresh();
    String feature = named(event.feature());
    cell.read(event.value(), expectation(feature));
    FeatureTally tally = pane(timestamp).computeIfAbsent(feature, name -> newTally());
    tally.add(cell);
    if (event.version() != null) {
      tally.addVersion(event.version());
    }
  }

  private String named(String feature) {
    if (known.contains(feature) || registry().isRegistered(feature)) {
      return feature;
    }
    if (!budget.grants(1)) {
      return SeriesBudget.OTHER;
    }
    known.add(feature);
    return feature;
  }

  private Expectation expectation(String feature) {
    return expected.computeIfAbsent(feature, registry()::expectation);
  }

  @Override
  void flush(String feature, FeatureTally tally, long start, Consumer<FeatureBlock> out) {
    FeatureBlock block = new FeatureBlock("", "", "", 0, start);
    block.put(feature, expectation(feature), tally);
    out.accept(block);
  }
}
