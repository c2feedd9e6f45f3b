package io.plumbline.runtime.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PointsTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
  private static final PointScope SCOPE =
      new PointScope("j", "model", "credit", "v3", "country=DE", NOON, NOON.plusSeconds(3600));

  private final List<MetricPoint> made = new ArrayList<>();
  private final Points points = new Points(SCOPE, true, NOON.plusSeconds(3601), made::add);

  @Test
  void aPointHasItsScopeAndWhatWasMeasured() {
    points.point(
        "feature_age_seconds",
        "income",
        Map.of("quantile", "0.5"),
        Measured.exact(7, 70).within(0.1).covering(0.9));
    assertThat(made)
        .containsExactly(
            new MetricPoint(
                "feature_age_seconds{job=\"j\",model=\"credit\",model_version=\"v3\",feature=\"income\",segment=\"country=DE\",window=\"1h\",quantile=\"0.5\"}",
                "feature_age_seconds",
                7.0,
                70,
                NOON,
                NOON.plusSeconds(3600),
                "credit",
                "v3",
                "income",
                "country=DE",
                "j",
                "model",
                Map.of("quantile", "0.5"),
                0.1,
                0.9,
                true,
                NOON.plusSeconds(3601)));
  }

  @Test
  void aPointThatIsWithdrawnIsTheSameWithoutAValue() {
    points.point("feature_healthy", "income", 1, 5);
    points.withdraw("feature_healthy", "income");
    assertThat(made).extracting(MetricPoint::value).containsExactly(1.0, null);
    assertThat(made).extracting(MetricPoint::series).containsOnly(made.get(0).series());
    assertThat(made.get(1).count()).isZero();
    assertThat(made.get(1).coverage()).isNull();
  }

  @Test
  void whatIsNotFiniteIsNoPointAndNothingHasNoShares() {
    points.point("feature_mean", "income", Double.NaN, 5);
    points.point("feature_mean", "income", Double.NEGATIVE_INFINITY, 5);
    points.ratio("feature_missing_ratio", "income", 0, 0);
    assertThat(made).isEmpty();
    points.ratio("feature_missing_ratio", "income", 1, 4);
    assertThat(made).extracting(MetricPoint::value).containsExactly(0.25);
    assertThat(made).extracting(MetricPoint::count).containsExactly(4L);
  }
}
