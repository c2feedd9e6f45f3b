package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.plumbline.events.DeadLetter;
import io.plumbline.events.MetricPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class DeadLetterCountsTest {
  private static final DeadLetter LETTER =
      new DeadLetter("labels", 0, 7, "not JSON", Instant.EPOCH, new byte[1 << 16]);

  @Test
  void aFloodLeavesItsTaskAsOneCount() {
    DeadLetterFold fold = new DeadLetterFold();
    for (int i = 0; i < 100_000; i++) {
      fold.add(LETTER, Long.MIN_VALUE);
    }
    assertThat(fold.bytes()).isEqualTo(Long.BYTES);
    assertThat(fold.firstPaneEnd()).isEqualTo(Long.MIN_VALUE);
    List<Long> out = new ArrayList<>();
    fold.flush(Long.MAX_VALUE, out::add);
    assertThat(out).containsExactly(100_000L);
    assertThat(fold.firstPaneEnd()).isEqualTo(DeadLetterFold.NOTHING);
  }

  @Test
  void countsOfAllTasksAreOnePointOfTheirWindow() throws Exception {
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new DeadLetterCounts("alerts", Duration.ofMinutes(1))),
            count -> "alerts",
            Types.STRING)) {
      harness.open();
      harness.setProcessingTime(60_500);
      harness.processElement(3L, Long.MIN_VALUE);
      harness.processElement(40L, Long.MIN_VALUE);
      harness.setProcessingTime(120_000);
      harness.processElement(5L, Long.MIN_VALUE);
      harness.setProcessingTime(180_000);
      assertThat(harness.extractOutputValues())
          .extracting(MetricPoint::value, MetricPoint::windowStart)
          .containsExactly(
              tuple(43.0, Instant.ofEpochSecond(60)), tuple(5.0, Instant.ofEpochSecond(120)));
    }
  }
}
