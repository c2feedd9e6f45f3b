package io.plumbline.drift.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.drift.explain.ResultBuilder;
import io.plumbline.events.MetricPoint;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricPointsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T00:30:00Z");

  @Test
  void newCategoriesArePoints() {
    ResultBuilder result = ResultBuilder.of("categorical", 800, 180).psi(0.6, 0.0065);
    result.currentNulls = 10;
    result.newCategoryRatio = 0.1;
    result.newCategoryPValue = 1e-12;
    List<MetricPoint> points = points(result);
    assertThat(points)
        .filteredOn(point -> point.metric().startsWith("new_category"))
        .extracting(MetricPoint::metric, MetricPoint::value, MetricPoint::count)
        .containsExactly(
            tuple("new_category_ratio", 0.1, 170L), tuple("new_category_p_value", 1e-12, 170L));
  }

  @Test
  void numbersHaveNoNewCategories() {
    assertThat(points(ResultBuilder.of("numeric", 800, 180).psi(0.6, 0.0065)))
        .extracting(MetricPoint::metric)
        .contains("psi", "psi_p_value")
        .noneMatch(metric -> metric.startsWith("new_category"));
  }

  private static List<MetricPoint> points(ResultBuilder result) {
    return MetricPoints.of(null, List.of(result.build()), null, NOW);
  }
}
