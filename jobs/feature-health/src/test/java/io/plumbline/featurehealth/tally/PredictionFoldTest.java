package io.plumbline.featurehealth.tally;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Prediction;
import io.plumbline.events.ReservedNames;
import io.plumbline.featurehealth.registry.Registries;
import io.plumbline.runtime.decode.PredictionDecoder;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.expectation.FeatureCounts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is counted of predictions, and in which records it leaves. */
class PredictionFoldTest {
  private static final String CONFIG =
      """
      features:
        - {name: income, type: numeric, range: {min: 0, max: 100}}
        - {name: country, type: categorical, categories: [DE, FR]}
        - {name: age, type: numeric}
      models:
        - {name: credit, features: [income, country, age], segments: [{column: country}], versions: [{version: v}]}
      """;

  private final PredictionDecoder decoder = new PredictionDecoder(Map.of(), 32, 10_000);

  private static PredictionFold fold(String config, long limit) {
    PredictionFold fold = new PredictionFold(Registries.fixed(config), 1000, limit);
    fold.open(1 << 20);
    return fold;
  }

  private void add(PredictionFold fold, long ts, String model, String rest) throws Exception {
    String json =
        "{\"prediction_id\":\"p\",\"model\":\"%s\",\"model_version\":\"v\",\"ts\":%d,%s}"
            .formatted(model, ts, rest);
    Prediction event = decoder.decode(json.getBytes(StandardCharsets.UTF_8));
    fold.add(event, ts);
  }

  /** The entries of all blocks, by segment, window and feature. */
  private static Map<String, FeatureBlock.Entry> flush(PredictionFold fold, long end) {
    Map<String, FeatureBlock.Entry> entries = new TreeMap<>();
    fold.flush(
        end,
        block ->
            block
                .features()
                .forEach(
                    (feature, entry) ->
                        assertThat(
                                entries.put(
                                    "%s/%s/%d/%s"
                                        .formatted(
                                            block.model(),
                                            block.segment(),
                                            block.window().start(),
                                            feature),
                                    entry))
                            .isNull()));
    return entries;
  }

  @Test
  void eachValueIsCountedForWhatItIs() throws Exception {
    PredictionFold fold = fold(CONFIG, 1000);
    for (String income :
        List.of("5", "-1", "101", "NaN", "Infinity", "null", "\"x\"", "true", "0", "100")) {
      add(fold, 10, "credit", "\"features\":{\"income\":%s}".formatted(income));
    }
    add(fold, 10, "credit", "\"features\":{\"country\":\"DE\"}");
    add(fold, 10, "credit", "\"features\":{\"country\":\"XX\",\"age\":[1,2]}");
    Map<String, FeatureBlock.Entry> entries = flush(fold, 1000);
    FeatureCounts income = entries.get("credit//0/income").tally().counts().all();
    assertThat(income.rows()).isEqualTo(12);
    // Null, and absent in two.
    assertThat(income.missing()).isEqualTo(3);
    assertThat(income.below()).isEqualTo(1);
    assertThat(income.above()).isEqualTo(1);
    assertThat(income.numbers()).isEqualTo(5);
    assertThat(income.nans()).isEqualTo(1);
    assertThat(income.infinities()).isEqualTo(1);
    assertThat(income.wrongType()).isEqualTo(2);
    FeatureTally tally = entries.get("credit//0/income").tally();
    assertThat(tally.min()).isEqualTo(-1);
    assertThat(tally.max()).isEqualTo(101);
    assertThat(tally.moments().mean()).isEqualTo(41.0);
    FeatureCounts country = entries.get("credit//0/country").tally().counts().all();
    assertThat(country.categories()).isEqualTo(2);
    assertThat(country.newCategories()).isEqualTo(1);
    assertThat(country.missing()).isEqualTo(10);
    assertThat(entries.get("credit//0/age").tally().counts().all().wrongType()).isEqualTo(1);
  }

  @Test
  void segmentsHaveCountsOfTheirOwnAndUnknownValuesShareOne() throws Exception {
    PredictionFold fold = fold(CONFIG, 1000);
    for (String value : List.of("DE", "DE", "FR", "XX", "YY")) {
      add(
          fold,
          10,
          "credit",
          "\"features\":{\"income\":1},\"segments\":{\"country\":\"%s\"}".formatted(value));
    }
    add(fold, 10, "credit", "\"features\":{\"income\":1}");
    Map<String, FeatureBlock.Entry> entries = flush(fold, 1000);
    assertThat(entries.get("credit//0/income").tally().counts().all().rows()).isEqualTo(6);
    assertThat(entries.get("credit/country=DE/0/income").tally().counts().all().rows())
        .isEqualTo(2);
    assertThat(entries.get("credit/country=FR/0/age").tally().counts().all().missing())
        .isEqualTo(1);
    assertThat(entries.get("credit/country=__other__/0/income").tally().counts().all().rows())
        .isEqualTo(2);
    assertThat(entries.get("credit/country=/0/income").tally().counts().all().rows()).isEqualTo(1);
    assertThat(entries).hasSize(5 * 3);
  }

  @Test
  void onlyTheWindowsThatAreOverLeave() throws Exception {
    PredictionFold fold = fold(CONFIG, 1000);
    assertThat(fold.firstPaneEnd()).isEqualTo(PredictionFold.NOTHING);
    add(fold, 999, "credit", "\"features\":{\"income\":1}");
    add(fold, 1000, "credit", "\"features\":{\"income\":1}");
    add(fold, -1, "credit", "\"features\":{\"income\":1}");
    assertThat(fold.firstPaneEnd()).isZero();
    assertThat(flush(fold, 1000).keySet())
        .contains("credit//-1000/income", "credit//0/income")
        .doesNotContain("credit//1000/income");
    assertThat(fold.bytes()).isPositive();
    assertThat(flush(fold, Long.MAX_VALUE)).containsKey("credit//1000/income");
    assertThat(fold.bytes()).isEqualTo(fold.bytesBesidePanes());
    assertThat(fold.firstPaneEnd()).isEqualTo(PredictionFold.NOTHING);
  }

  @Test
  void agesAreThoseOfTheValuesThatWereUsed() throws Exception {
    PredictionFold fold = fold(CONFIG, 1000);
    add(fold, 900, "credit", "\"features\":{\"income\":1},\"feature_times\":{\"income\":850}");
    add(fold, 900, "credit", "\"features\":{\"income\":1},\"feature_times\":{\"income\":950}");
    FeatureTally tally = flush(fold, 1000).get("credit//0/income").tally();
    assertThat(tally.ages().count()).isEqualTo(2);
    assertThat(tally.ages().quantile(1)).isEqualTo(50);
    assertThat(tally.ages().quantile(0.5)).isZero();
  }

  @Test
  void namesOverTheLimitShareOneAndTheRegisteredHaveTheirOwn() throws Exception {
    PredictionFold fold = fold(CONFIG, 4);
    List<String> features = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      features.add("\"f%d\":1".formatted(i));
    }
    add(fold, 1, "credit", "\"features\":{%s,\"income\":1}".formatted(String.join(",", features)));
    for (int i = 0; i < 10; i++) {
      add(fold, 1, "unknown" + i, "\"features\":{\"x\":1}");
    }
    Map<String, FeatureBlock.Entry> entries = flush(fold, 1000);
    assertThat(entries.get("credit//0/income").tally().counts().all().rows()).isEqualTo(1);
    assertThat(entries.get("credit//0/__other__").tally().counts().all().rows()).isEqualTo(6);
    assertThat(entries.get("__other__//0/__other__").tally().counts().all().rows()).isEqualTo(10);
    assertThat(entries).hasSizeLessThan(20);
  }

  private static FeatureBlock income(PredictionFold fold) {
    List<FeatureBlock> blocks = new ArrayList<>();
    fold.flush(
        1000,
        block -> {
          if (block.features().containsKey("income")) {
            blocks.add(block);
          }
        });
    assertThat(blocks).hasSize(1);
    return blocks.get(0);
  }

  @Test
  void whatOnlyAModelsListNamesHasItsPlaceAmongAnyNumberOfOthers() throws Exception {
    PredictionFold fold = fold("models: [{name: credit, features: [income]}]", 1000);
    add(fold, 1, "credit", "\"features\":{\"income\":1}");
    FeatureBlock own = income(fold);
    FeatureBlock hostile = new FeatureBlock("credit", "v", "", own.block(), own.window());
    for (int i = 0; i < FeatureBlock.MOST_UNNAMED; i++) {
      hostile.put(
          "a%05d".formatted(i),
          new FeatureBlock.Entry(Expectation.none(), false, new FeatureTally(0)));
    }
    for (FeatureBlock merged :
        List.of(FeatureBlock.merged(hostile, own), FeatureBlock.merged(own, hostile))) {
      assertThat(merged.features()).hasSize(FeatureBlock.MOST_UNNAMED + 1).containsKey("income");
      assertThat(merged.rowsWithoutRoom()).isZero();
      assertThat(merged.features().get("income").expected().registered()).isFalse();
    }
  }

  @Test
  void whoIsRefusedTakesNothing() throws Exception {
    PredictionFold fold = fold(CONFIG, 4);
    for (int i = 0; i < 5; i++) {
      add(fold, 1, "unknown" + i, "\"features\":{\"income\":1}");
    }
    long full = fold.bytesBesidePanes();
    for (int i = 0; i < 100; i++) {
      add(fold, 1, "more" + i, "\"features\":{\"income\":1}");
    }
    assertThat(fold.bytesBesidePanes()).isEqualTo(full);
  }

  @Test
  void versionsThatNobodyHasRegisteredAreBoundedToo() throws Exception {
    PredictionFold fold = fold(CONFIG, 50);
    for (int i = 0; i < 100; i++) {
      String json =
          "{\"prediction_id\":\"p\",\"model\":\"%s\",\"model_version\":\"v%d\",\"ts\":1,\"features\":{\"income\":1}}"
              .formatted(i % 2 == 0 ? "credit" : ReservedNames.OTHER, i);
      fold.add(decoder.decode(json.getBytes(StandardCharsets.UTF_8)), 1);
    }
    add(fold, 1, "credit", "\"features\":{\"income\":1}");
    List<String> versions = new ArrayList<>();
    fold.flush(
        1000,
        block -> {
          if (block.segment().isEmpty()) {
            versions.add(block.model() + "/" + block.modelVersion());
          }
        });
    assertThat(versions.stream().distinct().toList())
        .contains("credit/v", "__other__/")
        .hasSizeLessThan(6);
  }
}
