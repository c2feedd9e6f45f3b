package io.plumbline.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which points count, and what is kept of them. */
class LastPointsTest {
  private static final ModelPoints CREDIT = ModelPoints.hours("credit", "v3");

  private final LastWindows windows = new LastWindows();

  private void auc(int hour, Double value) {
    windows.add(CREDIT.point("roc_auc", hour, value));
  }

  @Test
  void theLatestWindowCountsAndItsLatestState() {
    auc(3, 0.7);
    auc(1, 0.6);
    windows.add(CREDIT.point("roc_auc", 3, 0.75, 9, ""));
    windows.add(CREDIT.point("roc_auc", 3, 0.72, 8, ""));
    assertThat(windows.latest().orElseThrow().value()).isEqualTo(0.75);
    assertThat(windows.trend()).containsExactly(0.6, null, 0.75);
  }

  @Test
  void whatWasWithdrawnIsNeitherLatestNorComesBack() {
    auc(1, 0.6);
    windows.add(CREDIT.point("roc_auc", 2, null, 9, ""));
    auc(2, 0.7);
    assertThat(windows.latest().orElseThrow().value()).isEqualTo(0.6);
    assertThat(windows.trend()).containsExactly(0.6);
    windows.add(CREDIT.point("roc_auc", 1, null, 9, ""));
    assertThat(windows.latest()).isEmpty();
    assertThat(windows.trend()).isEmpty();
  }

  @Test
  void aTrendIsOfTwelveWindows() {
    for (int hour = 0; hour < 20; hour++) {
      auc(hour, hour / 100.0);
    }
    auc(2, 0.5);
    assertThat(windows.trend()).hasSize(12).startsWith(0.08).endsWith(0.19);
    auc(40, 0.4);
    assertThat(windows.trend()).containsExactly(0.4);
  }

  @Test
  void onlyPointsOfModelsInAllOfTheirTrafficCount() {
    LastPoints points = new LastPoints();
    points.add(CREDIT.point("roc_auc", 0, 0.7));
    points.add(CREDIT.point("roc_auc", 0, 0.7, 5, "country=DE"));
    points.add(ModelPoints.hours("", "").point("labels_orphaned", 0, 3.0));
    points.add(
        new ModelPoints(ModelPoints.START, "credit", "v3", Map.of(), Duration.ZERO)
            .point("roc_auc", 0, 0.7));
    assertThat(points.all()).hasSize(1);
    assertThat(points.newest()).contains(ModelPoints.START.plusSeconds(3605));
  }

  @Test
  void whatCannotCountIsKnownByItsKey() {
    assertThat(mayTake(CREDIT.point("roc_auc", 0, 0.7))).isTrue();
    assertThat(LastPoints.mayTake(null)).isTrue();
    assertThat(mayTake(CREDIT.point("roc_auc", 0, 0.7, 5, "country=DE"))).isFalse();
    // A name that looks like a segment is escaped.
    assertThat(mayTake(ModelPoints.hours("a\",segment=\"b", "v3").point("roc_auc", 0, 0.7)))
        .isTrue();
    assertThat(
            LastPoints.mayTake(
                "psi{job=\"drift\",model=\"credit\"}".getBytes(StandardCharsets.UTF_8)))
        .isFalse();
  }

  private static boolean mayTake(MetricPoint point) {
    return LastPoints.mayTake(point.series().getBytes(StandardCharsets.UTF_8));
  }
}
