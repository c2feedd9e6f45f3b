package io.plumbline.runtime.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.result.PointScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PointsByWindowTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void eachStateOfAWindowIsAPointThatReplacesTheOneBefore() throws Exception {
    PointsByWindow<Long, Long> counts =
        PointsByWindow.ofCounts(
            "events",
            MINUTE,
            MINUTE,
            time -> time,
            (model, at) -> PointScope.ofModel("job", model, at.startTime(), at.endTime()));
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, Long, MetricPoint>(
            new KeyedProcessOperator<>(counts), time -> "credit", Types.STRING)) {
      harness.open();
      harness.setProcessingTime(1000);
      harness.processElement(1L, 1);
      harness.processElement(2L, 2);
      harness.processWatermark(59_999);
      harness.processElement(3L, 3);
      harness.processWatermark(60_001);
      harness.processWatermark(120_000);
      harness.processElement(4L, 4);
      harness.processWatermark(180_000);
      List<MetricPoint> points = harness.extractOutputValues();
      assertThat(points).extracting(MetricPoint::value).containsExactly(2.0, 3.0, 3.0);
      assertThat(points).extracting(MetricPoint::isFinal).containsExactly(false, false, true);
      assertThat(points)
          .extracting(point -> point.computedAt().toEpochMilli())
          .containsExactly(1000L, 1001L, 1002L);
      assertThat(points)
          .allSatisfy(
              point -> {
                assertThat(point.series())
                    .isEqualTo("events{job=\"job\",model=\"credit\",window=\"1m\"}");
                assertThat(point.windowStart()).isEqualTo(Instant.EPOCH);
                assertThat(point.layer()).isEqualTo("model");
              });
    }
  }
}
