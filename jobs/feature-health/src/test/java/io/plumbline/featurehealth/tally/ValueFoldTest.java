package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.events.FeatureValue;
import io.plumbline.featurehealth.freshness.NewestOfValues;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.featurehealth.registry.Registry;
import io.plumbline.featurehealth.registry.RegistryView;
import io.plumbline.runtime.aggregate.PartialAggregate;
import io.plumbline.runtime.decode.FeatureValueDecoder;
import io.plumbline.runtime.expectation.FeatureCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is counted of features by themselves. */
class ValueFoldTest {
  private final Registries.Changing registry = new Registries.Changing();
  private final ValueFold fold = new ValueFold(registry, 1000, 100);

  private void range(int max) {
    registry.change("features: [{name: f, type: numeric, range: {max: %d}}]".formatted(max));
  }

  private void add(int value) throws Exception {
    add(fold, "f", value);
  }

  private static void add(ValueFold fold, String feature, int value) throws Exception {
    String json =
        "{\"feature\":\"%s\",\"entity_id\":\"e\",\"event_time\":1,\"value\":%d}"
            .formatted(feature, value);
    FeatureValue event =
        new FeatureValueDecoder(Map.of(), 32).decode(json.getBytes(StandardCharsets.UTF_8));
    fold.add(event, 1);
  }

  @Test
  void eachValueIsHeldToWhatHoldsWhenItComes() throws Exception {
    range(10);
    fold.open(1 << 20);
    add(20);
    range(30);
    add(20);
    add(40);
    range(10);
    add(5);
    List<FeatureBlock> blocks = new ArrayList<>();
    fold.flush(1000, blocks::add);
    assertThat(fold.bytes()).isZero();
    FeatureBlock.Entry entry =
        Blocks.merged(blocks.toArray(FeatureBlock[]::new)).features().get("f");
    assertThat(entry.expected().max()).isEqualTo(10);
    assertThat(entry.tally().counts().all().rows()).isEqualTo(4);
    FeatureCounts held = entry.tally().counts().heldTo(entry.expected().bounds());
    assertThat(held.rows()).isEqualTo(2);
    assertThat(held.above()).isEqualTo(1);
  }

  /** Of which a task can be told no more. */
  private static final class Ended implements RegistryView {
    private boolean hasEnded;

    @Override
    public void open() {}

    @Override
    public Registry current() {
      if (hasEnded) {
        throw new IllegalStateException("not followed any more");
      }
      return Registries.of("features: []");
    }

    @Override
    public void close() {}
  }

  @Test
  void withoutARegistryATaskFailsAlsoWhileNoEventsCome() throws Exception {
    Ended view = new Ended();
    List<PartialAggregate<?, ?>> folds =
        List.of(new ValueFold(view, 1000, 100), new NewestOfValues(view, 100));
    for (PartialAggregate<?, ?> one : folds) {
      one.open(1 << 20);
      one.beforeCheckpoint();
    }
    view.hasEnded = true;
    for (PartialAggregate<?, ?> one : folds) {
      assertThatThrownBy(one::beforeCheckpoint).hasMessage("not followed any more");
    }
  }

  @Test
  void whoIsRefusedTakesNothing() throws Exception {
    ValueFold one = new ValueFold(Registries.fixed("features: []"), 1000, 1);
    one.open(1 << 20);
    add(one, "first", 1);
    long full = one.bytesBesidePanes();
    assertThat(full).isPositive();
    for (int i = 0; i < 100; i++) {
      add(one, "more" + i, 1);
    }
    assertThat(one.bytesBesidePanes()).isEqualTo(full);
  }

  @Test
  void whatTheConfigNamesNeverFallsUnderTheCap() throws Exception {
    ValueFold none =
        new ValueFold(
            Registries.fixed(
                """
                features: []
                models: [{name: credit, features: [income], segments: [{column: country}]}]
                """),
            1000,
            0);
    none.open(1 << 20);
    for (String feature : List.of("income", "country", "unknown", "other")) {
      add(none, feature, 1);
    }
    Map<String, Long> rows = new TreeMap<>();
    none.flush(
        1000,
        block -> block.features().forEach((name, entry) -> rows.put(name, entry.tally().rows())));
    assertThat(rows).isEqualTo(Map.of("income", 1L, "country", 1L, "__other__", 2L));
  }
}
