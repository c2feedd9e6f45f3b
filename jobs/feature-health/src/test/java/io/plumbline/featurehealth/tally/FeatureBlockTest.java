package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.expectation.Issues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Parts of a window that were counted by different expectations. */
class FeatureBlockTest {
  private static List<String> issues(FeatureBlock block) {
    FeatureBlock.Entry entry = block.features().get("f");
    return Issues.ofValues(entry.tally().counts(), entry.expected());
  }

  private static List<Value> of(int times, Value value, int more, Value other) {
    List<Value> values = new ArrayList<>(Collections.nCopies(times, value));
    values.addAll(Collections.nCopies(more, other));
    return values;
  }

  @Test
  void theNewestBoundsAreTheOnesThatAWindowIsHeldToInWhateverOrderItsPartsCome() {
    Expectation narrow =
        Registries.feature("{name: f, type: numeric, range: {max: 1000}, null_threshold: 0.2}", 2);
    Expectation wide = Registries.feature("{name: f, type: numeric, range: {max: 50000}}", 1);
    Expectation wideAgain =
        Registries.feature("{name: f, type: numeric, range: {max: 50000}, version: '2'}", 3);
    FeatureBlock first = Blocks.of("m", "f", 0, wide, of(10, Value.of(60000.0), 90, Value.of(5.0)));
    FeatureBlock second =
        Blocks.of("m", "f", 0, narrow, of(834, Value.of(2000.0), 166, Value.NULL));
    FeatureBlock third = Blocks.of("m", "f", 0, wideAgain, of(100, Value.of(5.0), 0, Value.NULL));
    assertThat(issues(Blocks.merged(first, second)))
        .containsExactly("above 1000: 1 (834 of 834 held to it)");
    for (FeatureBlock merged :
        List.of(
            Blocks.merged(first, second, third),
            Blocks.merged(third, second, first),
            Blocks.merged(second, third, first))) {
      assertThat(issues(merged)).containsExactly("above 50000: 0.05 (10 of 200 held to it)");
      assertThat(merged.features().get("f").expected().version()).isEqualTo("2");
    }
    assertThat(issues(Blocks.merged(second, third))).isEmpty();
    Expectation open = Registries.feature("{name: f, type: numeric}", 4);
    assertThat(
            issues(
                Blocks.merged(first, second, Blocks.of("m", "f", 0, open, List.of(Value.of(9e9))))))
        .isEmpty();
  }

  @Test
  void theSameHoldsForCategoriesAndTypes() {
    List<Value> french = of(5, Value.of("FR"), 5, Value.of("DE"));
    Expectation old = Registries.feature("{name: f, type: categorical, categories: [DE]}", 1);
    Expectation now = Registries.feature("{name: f, type: categorical, categories: [DE, FR]}", 2);
    assertThat(
            issues(
                Blocks.merged(
                    Blocks.of("m", "f", 0, now, french), Blocks.of("m", "f", 0, old, french))))
        .isEmpty();
    Expectation numeric = Registries.feature("{name: f, type: numeric}", 3);
    assertThat(
            issues(
                Blocks.merged(
                    Blocks.of("m", "f", 0, numeric, of(1, Value.of("DE"), 1, Value.of(1.0))),
                    Blocks.of("m", "f", 0, now, french))))
        .containsExactly("wrong type 0.5 (1 of 2 held to it), expected numeric");
  }
}
