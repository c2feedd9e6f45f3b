package io.plumbline.onlinemetrics.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Prediction.Role;
import io.plumbline.onlinemetrics.join.Fresh;
import io.plumbline.onlinemetrics.model.Models;
import io.plumbline.runtime.aggregate.PartialAggregate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is counted of predictions where they are joined, under which names. */
class HealthFoldTest {
  private static final long NOON = 1_764_072_000_000L;
  private static final long MINUTE = 60_000;

  private static final String CONFIG =
      """
      features:
        - {name: country, type: categorical, categories: [DE, FR]}
      models:
        - name: credit
          segments: [{column: country}]
          versions: [{version: v3, role: champion}, {version: v4, role: shadow}]
        - {name: slow, health_windows: [90s, 2m]}
        - {name: unwatched, health_windows: []}
      """;

  private final Models.Changing view = new Models.Changing();

  private HealthFold fold(long seriesLimit) {
    view.change(CONFIG);
    HealthFold fold = new HealthFold(view, seriesLimit);
    fold.open(1 << 20);
    return fold;
  }

  private static void add(HealthFold fold, String model, String version, long ts) {
    fold.add(Fresh.of(model, version, ts, 0.5), Long.MIN_VALUE);
  }

  private static List<String> flushed(HealthFold fold, long end) {
    List<String> parts = new ArrayList<>();
    fold.flush(
        end,
        part ->
            parts.add(
                "%s %s %s [%s] %s+%s: %d"
                    .formatted(
                        part.model(),
                        part.version(),
                        part.role(),
                        part.segment(),
                        Duration.ofMillis(part.window().start() - NOON),
                        part.window().duration(),
                        part.health().rows())));
    return parts;
  }

  @Test
  void aPredictionCountsInEachWindowAndSegmentOfItsModel() {
    HealthFold fold = fold(10);
    for (int i = 0; i < 2; i++) {
      fold.add(
          Fresh.in(Role.SHADOW, "credit", "v4", NOON + MINUTE + i, 0.5, "country=DE"),
          Long.MIN_VALUE);
    }
    assertThat(fold.firstPaneEnd()).isEqualTo(NOON + 2 * MINUTE);
    assertThat(flushed(fold, NOON + 2 * MINUTE - 1)).isEmpty();
    assertThat(flushed(fold, NOON + 2 * MINUTE))
        .containsExactly(
            "credit v4 SHADOW [] PT1M+PT1M: 2",
            "credit v4 SHADOW [] PT0S+PT1H: 2",
            "credit v4 SHADOW [country=DE] PT1M+PT1M: 2",
            "credit v4 SHADOW [country=DE] PT0S+PT1H: 2");
    assertThat(fold.firstPaneEnd()).isEqualTo(PartialAggregate.NOTHING);
  }

  @Test
  void onlyPanesThatAreOverAreGivenAway() {
    HealthFold fold = fold(10);
    // Windows of 90 s and of 2 min are made of panes of 30 s.
    add(fold, "slow", "v1", NOON + 119_999);
    add(fold, "slow", "v1", NOON + 120_000);
    add(fold, "slow", "v1", NOON + 119_998);
    assertThat(fold.firstPaneEnd()).isEqualTo(NOON + 120_000);
    assertThat(flushed(fold, NOON + 120_000))
        .containsExactly(
            "slow v1 CHAMPION [] PT1M30S+PT1M30S: 2", "slow v1 CHAMPION [] PT0S+PT2M: 2");
    assertThat(flushed(fold, Long.MAX_VALUE))
        .containsExactly(
            "slow v1 CHAMPION [] PT1M30S+PT1M30S: 1", "slow v1 CHAMPION [] PT2M+PT2M: 1");
  }

  @Test
  void aPaneThatWasGivenAwayBeginsAnew() {
    HealthFold fold = fold(10);
    add(fold, "slow", "v1", NOON);
    flushed(fold, Long.MAX_VALUE);
    add(fold, "slow", "v1", NOON);
    assertThat(flushed(fold, Long.MAX_VALUE)).hasSize(2).allMatch(part -> part.endsWith(": 1"));
  }

  @Test
  void aModelWithoutHealthWindowsIsNotCounted() {
    HealthFold fold = fold(10);
    add(fold, "unwatched", "v1", NOON);
    assertThat(fold.firstPaneEnd()).isEqualTo(PartialAggregate.NOTHING);
    assertThat(fold.bytes()).isLessThan(1000);
  }

  @Test
  void whatIsOverTheLimitIsCountedTogetherAndWhatIsRegisteredNever() {
    // An unknown model is one series; a version of credit is five: all, DE, FR, null, others.
    HealthFold fold = fold(7);
    add(fold, "a", "v1", NOON);
    add(fold, "credit", "v5", NOON);
    add(fold, "credit", "v6", NOON);
    add(fold, "b", "v1", NOON);
    add(fold, "c", "v1", NOON);
    add(fold, "d", "v9", NOON);
    add(fold, "a", "v1", NOON);
    add(fold, "credit", "v3", NOON);
    add(fold, "credit", "v4", NOON);
    add(fold, "__other__", "v7", NOON);
    assertThat(flushed(fold, Long.MAX_VALUE))
        .filteredOn(part -> part.contains("+PT1M:"))
        .containsExactly(
            "a v1 CHAMPION [] PT0S+PT1M: 2",
            "credit v5 CHAMPION [] PT0S+PT1M: 1",
            "credit __other__ CHAMPION [] PT0S+PT1M: 1",
            "b v1 CHAMPION [] PT0S+PT1M: 1",
            "__other__  CHAMPION [] PT0S+PT1M: 3",
            "credit v3 CHAMPION [] PT0S+PT1M: 1",
            "credit v4 CHAMPION [] PT0S+PT1M: 1");
  }

  @Test
  void whatIsRegisteredLaterIsNamedFromThenOn() {
    HealthFold fold = fold(0);
    add(fold, "new", "v1", NOON);
    view.change(CONFIG + "  - {name: new, health_windows: [5m], versions: [{version: v1}]}\n");
    add(fold, "new", "v1", NOON);
    assertThat(flushed(fold, Long.MAX_VALUE))
        .containsExactlyInAnyOrder(
            "__other__  CHAMPION [] PT0S+PT1M: 1",
            "__other__  CHAMPION [] PT0S+PT1H: 1",
            "new v1 CHAMPION [] PT0S+PT5M: 1");
  }

  @Test
  void whatIsHeldIsCountedInBytesUntilItIsGivenAway() {
    HealthFold fold = fold(1000);
    long before = fold.bytes();
    for (int i = 0; i < 1000; i++) {
      fold.add(Fresh.of("credit", "v3", NOON, i / 1000.0), Long.MIN_VALUE);
    }
    assertThat(fold.bytes() - before).isBetween(8_000L, 64_000L);
    flushed(fold, Long.MAX_VALUE);
    assertThat(fold.bytes()).isEqualTo(before);
    for (int i = 0; i < 500; i++) {
      add(fold, "m" + i, "v1", NOON);
    }
    flushed(fold, Long.MAX_VALUE);
    // Names stay.
    assertThat(fold.bytes()).isBetween(100_000L, 1L << 19);
  }
}
