package io.plumbline.featurehealth.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Value;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.featurehealth.tally.Blocks;
import io.plumbline.featurehealth.tally.FeatureBlock;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How many bytes of state a feature of a model takes in one segment and one open window: what
 * docs/feature-health.md says. By the growth of a snapshot, with a hundred features more and with a
 * hundred windows more.
 */
class StateSizeTest {
  private static final long MINUTE = 60_000;
  private static final int ROWS = 1000;
  private static final int MORE = 100;

  /** The most that a window takes beside its features, in three places: to be found by time too. */
  private static final long WINDOW = 190;

  private static final Expectation NUMERIC =
      Registries.feature("{name: f, type: numeric, null_threshold: 0.1, range: {min: 0}}");
  private static final Expectation CATEGORICAL =
      Registries.feature("{name: f, type: categorical, categories: [DE, FR]}");

  private final Random random = new Random(1);

  /** Incomes, of which some are null. */
  private Value number() {
    return random.nextInt(50) == 0 ? Value.NULL : Value.of(Math.exp(10 + random.nextGaussian()));
  }

  /** Of four, two of them new. */
  private Value category() {
    return Value.of(List.of("DE", "FR", "NL", "BE").get(random.nextInt(4)));
  }

  /** Milliseconds, from seconds to days. */
  private long age() {
    return (long) Math.exp(14 + 2 * random.nextGaussian());
  }

  private long snapshot(int features, int windows, boolean numeric, boolean aged) throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, FeatureBlock, MetricPoint>(
            new KeyedProcessOperator<>(
                new ModelFeatures(
                    new WindowSettings(Duration.ofMillis(MINUTE), Duration.ofMinutes(10), 30))),
            FeatureBlock::key,
            Types.STRING)) {
      harness.open();
      for (int feature = 0; feature < features; feature++) {
        for (int window = 0; window < windows; window++) {
          harness.processElement(
              new StreamRecord<>(
                  Blocks.aged(
                      "feature_%03d".formatted(feature),
                      new Window(window * MINUTE, MINUTE),
                      numeric ? NUMERIC : CATEGORICAL,
                      some(numeric ? this::number : this::category),
                      aged ? some(this::age) : List.of())));
        }
      }
      return harness.snapshot(1, 1).getStateSize();
    }
  }

  private static <T> List<T> some(Supplier<T> one) {
    List<T> some = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      some.add(one.get());
    }
    return some;
  }

  @ParameterizedTest
  @CsvSource({"true, false, 260", "true, true, 4000", "false, false, 150", "false, true, 4000"})
  void aSeriesTakesNoMoreThanTheDocumentSays(boolean numeric, boolean aged, long most)
      throws Exception {
    long one = snapshot(1, 1, numeric, aged);
    long byFeature = (snapshot(1 + MORE, 1, numeric, aged) - one) / MORE;
    long byWindow = (snapshot(1, 1 + MORE, numeric, aged) - one) / MORE;
    assertThat(byFeature).as("of a feature more").isPositive().isLessThan(most);
    assertThat(byWindow).as("of a window more").isPositive().isLessThan(most + WINDOW);
  }
}
