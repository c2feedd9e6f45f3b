package io.plumbline.cli.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.EventJson;
import io.plumbline.events.FeatureCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LastChecksTest {
  private static final Place INCOME = Place.ofFeature("income");
  private static final Place OF_CREDIT = new Place("income", "credit", "v3", "");

  private static LastState last(Place place, FeatureCheck... checks) {
    LastChecks last = new LastChecks();
    List.of(checks).forEach(last::add);
    return last.of(place.feature()).get(place);
  }

  @Test
  void theLatestWindowCountsAndOfItTheLatestState() {
    List<FeatureCheck> checks =
        new ArrayList<>(
            List.of(
                Checks.closed(INCOME, 1, 0.1, "first"),
                Checks.closed(INCOME, 2, 0.2, "second"),
                Checks.check(INCOME, 2, 190, null, 0.3, 300, "second, with late events"),
                // Computed last, but of an earlier window: late events again.
                Checks.check(INCOME, 1, 200, null, 0.4, 400, "first, with late events")));
    for (int seed = 0; seed < 24; seed++) {
      Collections.shuffle(checks, new Random(seed));
      LastState state = last(INCOME, checks.toArray(FeatureCheck[]::new));
      assertThat(state.deciding().issues()).containsExactly("second, with late events");
      assertThat(state.deciding().nullRatio()).isEqualTo(0.3);
      assertThat(state.deciding().rows()).isEqualTo(300);
      assertThat(state.deciding().computedAt()).isEqualTo(Checks.at(190));
      assertThat(state.deciding().windowStart()).isEqualTo(Checks.at(120));
    }
  }

  @Test
  void whatWasWithdrawnLeavesTheLastCheckOfItsValues() {
    FeatureCheck values = Checks.closed(INCOME, 1, 0.1);
    FeatureCheck stale = Checks.byClock("income", 3, 7980, "stale: 2h13m, SLA 2h");
    FeatureCheck taken =
        FeatureCheck.withdrawn("income", stale.windowStart(), stale.windowEnd(), Checks.at(190));
    for (List<FeatureCheck> order :
        List.of(List.of(values, stale, taken), List.of(taken, stale, values))) {
      LastState state = last(INCOME, order.toArray(FeatureCheck[]::new));
      assertThat(state.isHealthy()).isTrue();
      assertThat(state.deciding()).isEqualTo(values);
      assertThat(state.checkedAt()).isEqualTo(values.computedAt());
      assertThat(state.freshnessSeconds()).isNull();
    }
    LastChecks none = new LastChecks();
    none.add(stale);
    none.add(taken);
    assertThat(none.features()).isEmpty();
    assertThat(none.of("income")).isEmpty();
  }

  @Test
  void modelsVersionsAndSegmentsAreApart() {
    LastChecks last = new LastChecks();
    List<Place> places =
        List.of(
            INCOME,
            OF_CREDIT,
            new Place("income", "credit", "v4", ""),
            new Place("income", "credit", "v3", "country=DE"),
            new Place("income", "fraud", "v3", ""));
    places.forEach(place -> last.add(Checks.closed(place, 1, 0.0)));
    assertThat(last.of("income").keySet()).containsExactlyInAnyOrderElementsOf(places);
    assertThat(last.of("age")).isEmpty();
    assertThat(last.features()).containsExactly("income");
    assertThat(last.models()).containsExactly("credit", "fraud");
  }

  @Test
  void aCheckOfAnOpenWindowTellsTheAgeAndHidesNothingOfTheValues() {
    LastState state =
        last(
            INCOME,
            Checks.byClock("income", 1, 30),
            Checks.byClock("income", 2, 31),
            Checks.closed(INCOME, 1, 0.4, "null rate 0.4, threshold 0.1"));
    assertThat(state.isHealthy()).isFalse();
    assertThat(state.freshnessSeconds()).isEqualTo(31);
    assertThat(state.deciding().nullRatio()).isEqualTo(0.4);
    assertThat(state.deciding().rows()).isEqualTo(100);
    assertThat(state.deciding().issues()).containsExactly("null rate 0.4, threshold 0.1");
    assertThat(state.deciding().windowStart()).isEqualTo(Checks.at(60));
    assertThat(state.checkedAt()).isEqualTo(Checks.at(120));

    LastState healed = state.with(Checks.closed(INCOME, 2, 0.0));
    assertThat(healed.isHealthy()).isTrue();
    assertThat(healed.deciding().issues()).isEmpty();
  }

  @Test
  void whatStoppedIsStaleThoughItsLastValuesWereGood() {
    LastState state =
        last(
            INCOME,
            Checks.closed(INCOME, 1, 0.0),
            Checks.byClock("income", 9, 400, "stale: 6m40s, SLA 5m"));
    assertThat(state.isHealthy()).isFalse();
    assertThat(state.deciding().issues()).containsExactly("stale: 6m40s, SLA 5m");
    assertThat(state.deciding().rows()).isZero();
    assertThat(state.deciding().windowStart()).isEqualTo(Checks.at(540));
  }

  @Test
  void thatAnOpenWindowHasFewRowsSoFarIsNoIssue() {
    FeatureCheck few = Checks.check(INCOME, 2, 121, 1.0, 0.0, 3, "insufficient: 3 rows");
    assertThat(last(INCOME, Checks.closed(INCOME, 1, 0.0), few).deciding().issues()).isEmpty();
    assertThat(last(INCOME, few).deciding().issues()).containsExactly("insufficient: 3 rows");
    assertThat(last(INCOME, few).deciding().rows()).isEqualTo(3);
  }

  @Test
  void whatAJobWroteIsReadAndWhatIsNoCheckIsNot() {
    FeatureCheck check = Checks.closed(OF_CREDIT, 1, 0.5, "null rate 0.5");
    byte[] written = EventJson.write(check);
    assertThat(CheckDecoder.decode(written)).contains(check);
    String json = new String(written, StandardCharsets.UTF_8);
    assertThat(CheckDecoder.decode(null)).isEmpty();
    for (String other :
        List.of(
            "",
            "null",
            "[]",
            "not json",
            json.replace("\"income\"", "null"),
            json.replace("\"income\"", "1"),
            json.replaceFirst("\"is_healthy\":false,", ""),
            json.replace("[\"null rate 0.5\"]", "null"),
            json.replace("\"null rate 0.5\"", "null"),
            json.replaceFirst("\"window_end\":\"[^\"]*\"", "\"window_end\":\"soon\""),
            json.replaceFirst(",\"computed_at\":\"[^\"]*\"", ""))) {
      assertThat(other).isNotEqualTo(json);
      assertThat(CheckDecoder.decode(other.getBytes(StandardCharsets.UTF_8))).as(other).isEmpty();
    }
  }
}
