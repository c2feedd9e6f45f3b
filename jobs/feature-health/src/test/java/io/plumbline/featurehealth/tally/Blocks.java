package io.plumbline.featurehealth.tally;

import io.plumbline.events.Value;
import io.plumbline.runtime.expectation.CheckedValue;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.util.Arrays;
import java.util.List;

/** Blocks as the folds make them, for tests of what comes after. */
public final class Blocks {
  private Blocks() {}

  /** What the parts of a window have counted together. */
  public static FeatureBlock merged(FeatureBlock... parts) {
    return Arrays.stream(parts).reduce(FeatureBlock::merged).orElseThrow();
  }

  /** A block of one feature, in a window of a minute. */
  public static FeatureBlock of(
      String model, String feature, long windowStart, Expectation expected, List<Value> values) {
    return of(model, feature, new Window(windowStart, 60_000), expected, values);
  }

  /** The same, in a window of another length. */
  public static FeatureBlock of(
      String model, String feature, Window window, Expectation expected, List<Value> values) {
    FeatureTally tally = new FeatureTally(expected.bounds());
    CheckedValue checked = new CheckedValue();
    for (Value value : values) {
      checked.check(value, expected);
      tally.add(checked);
    }
    FeatureBlock block = new FeatureBlock(model, "v1", "", 0, window);
    block.put(feature, new FeatureBlock.Entry(expected, expected.registered(), tally));
    return block;
  }

  /** The same of a model m, whose values have ages. */
  public static FeatureBlock aged(
      String feature, Window window, Expectation expected, List<Value> values, List<Long> ages) {
    FeatureBlock block = of("m", feature, window, expected, values);
    ages.forEach(block.features().get(feature).tally()::addAge);
    return block;
  }
}
