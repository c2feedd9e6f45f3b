package io.plumbline.runtime.gauge;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.events.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesGaugesTest {
  private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
  private static final long NOW = NOON.toEpochMilli();

  static MetricPoint point(String feature, Double value, int minute) {
    return point(feature, value, minute, Duration.ofMinutes(1));
  }

  private static MetricPoint point(String feature, Double value, int minute, Duration window) {
    Series series = new Series("ratio", "job", "m", "v", feature, "", window, Map.of());
    Instant start = NOON.plusSeconds(60L * minute);
    return new MetricPoint(
        series.text(),
        "ratio",
        value,
        1,
        start,
        start.plus(window),
        "m",
        "v",
        feature,
        "",
        "job",
        "data",
        Map.of(),
        0,
        null,
        false,
        start);
  }

  private static String series(String feature) {
    return point(feature, 0.0, 0).series();
  }

  @Test
  void theWorstAreShownAndTheRestLeaves() {
    WorstSeries worst = new WorstSeries(2);
    assertThat(worst.offer(point("a", 0.1, 0), 0.1, NOW)).isEmpty();
    assertThat(worst.offer(point("b", 0.2, 0), 0.2, NOW)).isEmpty();
    assertThat(worst.offer(point("c", 0.3, 0), 0.3, NOW)).containsExactly(series("a"));
    // One that is better than all that are shown is not.
    assertThat(worst.offer(point("d", 0.0, 0), 0.0, NOW)).containsExactly(series("d"));
    assertThat(worst.isShown(series("d"))).isFalse();
    assertThat(worst.offer(point("b", 0.05, 1), 0.05, NOW)).isEmpty();
    assertThat(worst.value(series("b"))).isEqualTo(0.05);
    assertThat(worst.offer(point("a", 0.1, 1), 0.1, NOW)).containsExactly(series("b"));
  }

  @Test
  void anOlderWindowChangesNothingAndAWithdrawnPointLeaves() {
    WorstSeries worst = new WorstSeries(2);
    worst.offer(point("a", 0.1, 5), 0.1, NOW);
    assertThat(worst.offer(point("a", 0.9, 4), 0.9, NOW)).isEmpty();
    assertThat(worst.value(series("a"))).isEqualTo(0.1);
    assertThat(worst.offer(point("a", null, 5), 0, NOW)).containsExactly(series("a"));
    assertThat(worst.offer(point("b", 5.0, 5), Badness.NOT_SHOWN, NOW)).isEmpty();
    assertThat(worst.isShown(series("b"))).isFalse();
  }

  @Test
  void whatIsHeardOfNoMoreLeaves() {
    WorstSeries worst = new WorstSeries(5);
    worst.offer(point("a", 0.1, 0), 0.1, NOW);
    worst.offer(point("b", 0.2, 1), 0.2, NOW + 300_000);
    assertThat(worst.offer(point("b", 0.2, 2), 0.2, NOW + 600_000)).containsExactly(series("a"));
  }

  @Test
  void whatHasLongWindowsIsShownUntilTheNextOne() {
    WorstSeries worst = new WorstSeries(5);
    MetricPoint hourly = point("a", 0.1, 0, Duration.ofHours(1));
    worst.offer(hourly, 0.1, NOW);
    assertThat(worst.offer(point("b", 0.2, 1), 0.2, NOW + 3_599_999)).isEmpty();
    assertThat(worst.isShown(hourly.series())).isTrue();
    assertThat(worst.offer(point("b", 0.2, 2), 0.2, NOW + 3_700_000))
        .containsExactly(hourly.series());
  }

  @Test
  void noneAreShownWhereNoneAreAllowed() {
    WorstSeries worst = new WorstSeries(0);
    assertThat(worst.offer(point("a", 0.1, 0), 0.1, NOW)).isEmpty();
    assertThat(worst.isShown(series("a"))).isFalse();
  }
}
