package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.FeatureNames;
import io.plumbline.events.FeatureValue;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Prediction;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.featurehealth.freshness.NewestOfPredictions;
import io.plumbline.featurehealth.freshness.NewestOfValues;
import io.plumbline.featurehealth.freshness.NewestTime;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What folds say that they hold is what they hold, and stays within what they were given. */
class FoldBytesTest {
  private static final int WIDE = 5_000;
  private static final long SERIES = 100_000;

  private static final String CONFIG =
      """
      features:
        - {name: income, type: numeric}
        - {name: country, type: categorical, categories: [DE, FR]}
      models:
        - {name: credit, features: [income], segments: [{column: country}], versions: [{version: v}]}
      """;

  /** What values of wide events are. */
  private enum Kind {
    NUMBERS,
    NUMBERS_OF_ALL_SIZES,
    NUMBERS_WITH_TIMES,
    TEXTS
  }

  private static Prediction wide(int number, String model, int firstName, int size, Kind kind) {
    String[] names = new String[size];
    byte[] kinds = new byte[size];
    long[] bits = new long[size];
    Object[] objects = new Object[size];
    long[] times = kind == Kind.NUMBERS_WITH_TIMES ? new long[size] : null;
    for (int i = 0; i < size; i++) {
      names[i] = i == 0 ? "income" : "feature_%08d".formatted(firstName + i);
      kinds[i] = (kind == Kind.TEXTS ? ValueKind.TEXT : ValueKind.NUMBER).code();
      objects[i] = "DE";
      int exponent = kind == Kind.NUMBERS_OF_ALL_SIZES ? (number % 20 - 10) * 90 : 0;
      bits[i] = Double.doubleToRawLongBits(Math.scalb(1 + i * 0.37 + number, exponent));
      if (times != null) {
        times[i] = 1_000_000L - (1L << number % 20);
      }
    }
    return new Prediction(
        "p",
        model,
        "v",
        Role.CHAMPION,
        1_000_000,
        new FeatureValues(new FeatureNames(Arrays.asList(names)), kinds, bits, objects, times),
        null,
        null,
        null,
        null,
        null,
        null,
        Map.of("country", number % 2 == 0 ? "DE" : "FR"),
        null,
        null);
  }

  private static PredictionFold fold(long mostBytes) {
    PredictionFold fold = new PredictionFold(Registries.fixed(CONFIG), 1000, SERIES);
    fold.open(mostBytes);
    return fold;
  }

  private static long used() throws InterruptedException {
    for (int i = 0; i < 3; i++) {
      System.gc();
      Thread.sleep(50);
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Thirty wide events, of which each ten have names of their own. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void theBytesOfPredictionsAreThoseOfTheHeapWithinAFactorOfTwo(Kind kind) throws Exception {
    long before = used();
    PredictionFold fold = fold(1L << 30);
    for (int i = 0; i < 30; i++) {
      fold.add(wide(i, i % 2 == 0 ? "credit" : "other", i / 10 * WIDE, WIDE, kind), 5);
    }
    long told = fold.bytes() - fold.bytesBesidePanes();
    long names = fold.bytesBesidePanes();
    long heap = used() - before;
    // What names take includes room for their next tallies, which are counted in panes as well.
    assertThat(told + names).as("%d and %d of %d", told, names, heap).isGreaterThan(heap / 2);
    assertThat(told).as("%d and %d of %d", told, names, heap).isLessThan(2 * heap);
    assertThat(fold.firstPaneEnd()).isEqualTo(1000);
  }

  @Test
  void theBytesOfValuesAreThoseOfTheHeapWithinAFactorOfTwo() throws Exception {
    long before = used();
    ValueFold fold = new ValueFold(Registries.fixed(CONFIG), 1000, SERIES);
    fold.open(1L << 30);
    for (int i = 0; i < 60_000; i++) {
      fold.add(value(i % 30_000, "version " + i), 5);
    }
    long heap = used() - before;
    assertThat(fold.bytes()).as("of %d", heap).isBetween(heap / 2, 2 * heap);
    assertThat(fold.firstPaneEnd()).isEqualTo(1000);
  }

  private static FeatureValue value(int feature, String version) {
    return new FeatureValue(
        "feature_%08d".formatted(feature), "e", Value.of(feature * 0.37), 5, null, version);
  }

  /** As the operator does it. */
  private static <E, P> void add(
      PartialAggregate<E, P> fold, E event, long mostBytes, Consumer<P> out) {
    fold.add(event, 5);
    if (fold.bytes() > mostBytes) {
      fold.flush(Long.MAX_VALUE, out);
    }
  }

  /** Names without end: of features, of models, of both. */
  @ParameterizedTest
  @ValueSource(strings = {"features", "models", "all"})
  void aFoldOfPredictionsStaysWithinItsBytesAndCountsEverything(String what) throws Exception {
    long most = 16L << 20;
    long before = used();
    PredictionFold fold = fold(most);
    AtomicLong rows = new AtomicLong();
    List<Integer> sizes = new ArrayList<>();
    Consumer<FeatureBlock> out =
        block -> {
          sizes.add(block.features().size());
          if (block.segment().isEmpty() && block.features().containsKey("income")) {
            rows.addAndGet(block.features().get("income").tally().rows());
          }
        };
    int credit = 0;
    for (int i = 0; i < 150; i++) {
      String model = what.equals("features") || i % 3 == 0 ? "credit" : "model" + i;
      int firstName = what.equals("models") ? 0 : i * WIDE;
      add(fold, wide(i, model, firstName, WIDE, Kind.NUMBERS), most, out);
      credit += model.equals("credit") ? 1 : 0;
      assertThat(fold.bytes()).isLessThanOrEqualTo(most);
      assertThat(fold.bytesBesidePanes()).isLessThanOrEqualTo(most * 5 / 8);
    }
    assertThat(used() - before).isLessThan(2 * most);
    fold.flush(Long.MAX_VALUE, out);
    assertThat(rows.get()).isGreaterThanOrEqualTo(credit);
    assertThat(sizes).allMatch(size -> size < 4 * WIDE / PredictionFold.BLOCKS);
  }

  @Test
  void aFoldOfValuesStaysWithinItsBytes() {
    long most = 1 << 20;
    ValueFold fold = new ValueFold(Registries.fixed(CONFIG), 1000, SERIES);
    fold.open(most);
    AtomicLong rows = new AtomicLong();
    Consumer<FeatureBlock> out =
        block -> block.features().values().forEach(entry -> rows.addAndGet(entry.tally().rows()));
    for (int i = 0; i < 50_000; i++) {
      add(fold, value(i, null), most, out);
      assertThat(fold.bytes()).isLessThanOrEqualTo(most);
      assertThat(fold.bytesBesidePanes()).isLessThanOrEqualTo(most / 2);
    }
    fold.flush(Long.MAX_VALUE, out);
    assertThat(rows.get()).isEqualTo(50_000);
  }

  @Test
  void newestTimesStayWithinTheirBytes() throws Exception {
    long most = 4L << 20;
    long before = used();
    NewestOfPredictions fold =
        new NewestOfPredictions(Registries.fixed(CONFIG), Duration.ofMinutes(5), SERIES);
    fold.open(most);
    AtomicLong news = new AtomicLong();
    Consumer<NewestTime> out = one -> news.incrementAndGet();
    for (int i = 0; i < 150; i++) {
      add(fold, wide(i, "credit", i * WIDE, WIDE, Kind.NUMBERS_WITH_TIMES), most, out);
      assertThat(fold.bytes()).isLessThanOrEqualTo(most);
    }
    assertThat(used() - before).isLessThan(3 * most);
    fold.flush(Long.MAX_VALUE, out);
    // What has no room goes out: each name at least once, and "income" with each batch.
    assertThat(news.get()).isBetween(150L * (WIDE - 1) + 1, 150L * WIDE);

    NewestOfValues values = new NewestOfValues(Registries.fixed(CONFIG), SERIES);
    values.open(most);
    for (int i = 0; i < 100_000; i++) {
      add(values, value(i, null), most, out);
      assertThat(values.bytes()).isLessThanOrEqualTo(most);
    }
  }
}
