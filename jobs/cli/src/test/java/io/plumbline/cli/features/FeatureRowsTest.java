package io.plumbline.cli.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.cli.rows.ChangedRows;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureRowsTest {
  private static final PlumblineConfig CONFIG =
      ConfigLoader.parse(
          "test",
          """
          lineage: [{name: ledger, kind: source}]
          features:
            - {name: income, type: numeric, owner: ann, source: ledger}
            - {name: age, type: numeric}
            - {name: country, type: categorical, owner: bob}
          models:
            - {name: credit, features: [income, country]}
            - {name: fraud, features: [income]}
          """);
  private static final Place CREDIT_V3 = new Place("income", "credit", "v3", "");
  private static final Place CREDIT_V4 = new Place("income", "credit", "v4", "");

  private final LastChecks checks = new LastChecks();

  private FeatureRows rows() {
    return new FeatureRows(
        new Registered(CONFIG.features(), CONFIG.models()), checks, Checks.at(86_400));
  }

  private FeatureRow of(String feature) {
    return rows().byFeature().stream()
        .filter(row -> row.feature().equals(feature))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsRegisteredAndNeverCheckedHasNoData() {
    assertThat(rows().byFeature())
        .extracting(FeatureRow::feature, FeatureRow::health, FeatureRow::rows)
        .containsExactly(
            tuple("age", Health.NO_DATA, null),
            tuple("country", Health.NO_DATA, null),
            tuple("income", Health.NO_DATA, null));
    FeatureRow income = of("income");
    assertThat(income.owner()).isEqualTo("ann");
    assertThat(income.source()).containsExactly("ledger");
    assertThat(income.models()).containsExactly("credit", "fraud");
    assertThat(income.computedAt()).isNull();
    assertThat(of("age").models()).isEmpty();
  }

  @Test
  void aFeatureIsTheWorstOfItselfAndOfTheModels() {
    checks.add(Checks.closed(CREDIT_V3, 1, 0.1));
    checks.add(Checks.byClock("income", 2, 7980));
    FeatureRow healthy = of("income");
    assertThat(healthy.health()).isEqualTo(Health.HEALTHY);
    assertThat(healthy.freshnessSeconds()).isEqualTo(7980);
    assertThat(healthy.nullRatio()).isEqualTo(0.1);
    assertThat(healthy.rows()).isEqualTo(100);
    // The age goes by the clock; all else is of the check that had rows.
    assertThat(healthy.windowStart()).isEqualTo(Checks.at(60));
    assertThat(healthy.computedAt()).isEqualTo(Checks.at(125));

    checks.add(Checks.closed(CREDIT_V4, 1, 0.05, "below 0: 0.1", "null rate 0.05"));
    checks.add(Checks.closed(new Place("income", "fraud", "v1", ""), 1, 0.02, "null rate 0.02"));
    checks.add(Checks.byClock("income", 3, 8040));
    FeatureRow income = of("income");
    assertThat(income.health()).isEqualTo(Health.UNHEALTHY);
    assertThat(income.freshnessSeconds()).isEqualTo(8040);
    assertThat(income.nullRatio()).isEqualTo(0.05);
    assertThat(income.issues())
        .containsExactly("credit v4: below 0: 0.1", "credit v4: null rate 0.05");
  }

  @Test
  void allOfARowIsOfTheCheckThatDecides() {
    checks.add(Checks.closed(CREDIT_V3, 1, 0.1));
    checks.add(Checks.byClock("income", 4, 8100, "stale: 2h15m, SLA 2h"));
    FeatureRow stale = of("income");
    assertThat(stale.issues()).containsExactly("stale: 2h15m, SLA 2h");
    assertThat(stale.nullRatio()).isNull();
    assertThat(stale.rows()).isZero();
    assertThat(stale.windowStart()).isEqualTo(Checks.at(240));
    assertThat(stale.computedAt()).isEqualTo(Checks.at(240));

    checks.add(
        Checks.check(CREDIT_V3, 2, 190, null, 0.5, 70, "null rate 0.5", "NaN 0.1 (7 of 70)"));
    FeatureRow graver = of("income");
    assertThat(graver.issues())
        .containsExactly("credit v3: null rate 0.5", "credit v3: NaN 0.1 (7 of 70)");
    assertThat(graver.nullRatio()).isEqualTo(0.5);
    assertThat(graver.rows()).isEqualTo(70);
    assertThat(graver.windowStart()).isEqualTo(Checks.at(120));
    assertThat(graver.computedAt()).isEqualTo(Checks.at(190));
    assertThat(graver.freshnessSeconds()).isEqualTo(8100);
  }

  @Test
  void whatMakesItUnhealthyIsTold() {
    checks.add(
        Checks.check(Place.ofFeature("income"), 1, 125, 1.0, 0.0, 3, "insufficient: 3 rows"));
    checks.add(Checks.closed(CREDIT_V3, 1, 0.5, "null rate 0.5"));
    assertThat(of("income").issues()).containsExactly("credit v3: null rate 0.5");
  }

  @Test
  void whatNobodyChecksAnyMoreIsNoTrouble() {
    checks.add(Checks.check(CREDIT_V3, 1, 125, null, 0.5, 100, "null rate 0.5"));
    checks.add(Checks.check(Place.ofFeature("age"), 15, 1024, 1.0, 0.0, 100));
    assertThat(of("income").health()).isEqualTo(Health.UNHEALTHY);
    // 15 min and 1 s later.
    checks.add(Checks.check(Place.ofFeature("age"), 15, 1026, 1.0, 0.0, 100));
    FeatureRow income = of("income");
    assertThat(income.health()).isEqualTo(Health.NOT_CHECKED);
    assertThat(income.health().isOfConcern()).isFalse();
    assertThat(income.checkedAt()).isEqualTo(Checks.at(125));
    assertThat(income.freshnessSeconds()).isNull();
    assertThat(rows().byPlace("income", null))
        .extracting(FeatureRow::health)
        .containsExactly(Health.NOT_CHECKED);

    // Another version is in its place.
    checks.add(Checks.check(CREDIT_V4, 16, 1030, null, 0.1, 100));
    assertThat(of("income").health()).isEqualTo(Health.HEALTHY);
    assertThat(of("income").issues()).isEmpty();
    assertThat(rows().byPlace("income", null))
        .extracting(FeatureRow::modelVersion, FeatureRow::health)
        .containsExactly(tuple("v3", Health.NOT_CHECKED), tuple("v4", Health.HEALTHY));
  }

  @Test
  void threeWindowsMayPassWithoutACheck() {
    checks.add(Checks.lasting(Place.ofFeature("income"), Duration.ofHours(1), Checks.at(3605)));
    checks.add(Checks.closed(Place.ofFeature("age"), 238, 0.0));
    assertThat(of("income").health()).isEqualTo(Health.HEALTHY);
    checks.add(Checks.closed(Place.ofFeature("age"), 240, 0.0));
    assertThat(of("income").health()).isEqualTo(Health.NOT_CHECKED);
  }

  @Test
  void aCheckOfTheFutureMakesNothingOld() {
    checks.add(Checks.check(CREDIT_V3, 1439, 86_399, null, 0.5, 100, "null rate 0.5"));
    checks.add(Checks.check(Place.ofFeature("age"), 15, 9_999_999, 1.0, 0.0, 100));
    assertThat(of("income").health()).isEqualTo(Health.UNHEALTHY);
  }

  @Test
  void segmentsAreLeftOutUntilAskedFor() {
    checks.add(Checks.closed(CREDIT_V3, 1, 0.0));
    checks.add(
        Checks.closed(new Place("income", "credit", "v3", "country=DE"), 1, 1.0, "null rate 1"));
    assertThat(of("income").health()).isEqualTo(Health.HEALTHY);
    assertThat(rows().byPlace("income", null))
        .extracting(FeatureRow::segment, FeatureRow::health)
        .containsExactly(tuple("country=DE", Health.UNHEALTHY), tuple("", Health.HEALTHY));
  }

  @Test
  void aFeatureOrAModelIsShownInAllItsPlaces() {
    checks.add(Checks.byClock("income", 2, 60));
    checks.add(Checks.closed(CREDIT_V3, 1, 0.1));
    checks.add(Checks.closed(CREDIT_V4, 1, 0.2));
    checks.add(Checks.closed(new Place("extra", "credit", "v3", ""), 1, 0.0, "not registered"));
    assertThat(rows().byPlace("income", null))
        .extracting(FeatureRow::place)
        .containsExactly(Place.ofFeature("income"), CREDIT_V3, CREDIT_V4);
    assertThat(rows().byPlace(null, "credit"))
        .extracting(FeatureRow::feature, FeatureRow::modelVersion, FeatureRow::health)
        .containsExactly(
            tuple("extra", "v3", Health.UNHEALTHY),
            tuple("country", "", Health.NO_DATA),
            tuple("income", "v3", Health.HEALTHY),
            tuple("income", "v4", Health.HEALTHY));
    assertThat(rows().byPlace("income", "fraud"))
        .extracting(FeatureRow::model, FeatureRow::health)
        .containsExactly(tuple("fraud", Health.NO_DATA));
    assertThat(rows().byPlace("age", "fraud")).isEmpty();
    assertThat(rows().byPlace("age", null))
        .extracting(FeatureRow::model, FeatureRow::health)
        .containsExactly(tuple("", Health.NO_DATA));
  }

  @Test
  void whatOnlyChecksOrModelsNameIsKnownToo() {
    checks.add(Checks.closed(new Place("extra", "risk", "v1", ""), 1, 0.0, "not registered"));
    assertThat(rows().features()).containsExactly("age", "country", "extra", "income");
    assertThat(rows().models()).containsExactly("credit", "fraud", "risk");
    assertThat(of("extra").models()).containsExactly("risk");
    assertThat(of("extra").owner()).isNull();
  }

  @Test
  void changedIsWhatLooksOtherwiseOrIsNew() {
    checks.add(Checks.closed(CREDIT_V3, 1, 0.1));
    ChangedRows<FeatureRow> changed =
        new ChangedRows<>(FeatureRow::place, new FeatureTable(false)::look);
    assertThat(changed.among(rows().byFeature())).hasSize(3);
    // Another check that looks the same.
    checks.add(Checks.closed(CREDIT_V3, 2, 0.1));
    assertThat(changed.among(rows().byFeature())).isEmpty();
    checks.add(Checks.closed(CREDIT_V3, 3, 0.2));
    assertThat(changed.among(rows().byFeature()))
        .extracting(FeatureRow::feature)
        .containsExactly("income");
    assertThat(changed.among(List.of())).isEmpty();
    assertThat(changed.among(rows().byFeature())).hasSize(3);
  }
}
