package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.ingest.SourceProgress.ReadPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CatchUpOperatorTest {
  private static final Map<TopicPartition, Long> ENDS = Map.of(new TopicPartition("labels", 0), 5L);
  private static final SourceProgress READ =
      new SourceProgress("l", 0, 1, 0, List.of(new ReadPosition("labels", 0, 5, 0)));

  /** Shared with the operator, which Flink copies. */
  private static final AtomicInteger ASKED = new AtomicInteger();

  private static final AtomicInteger OPEN = new AtomicInteger();
  private static volatile Supplier<Map<TopicPartition, Long>> broker;
  private static volatile CountDownLatch woken;

  private OneInputStreamOperatorTestHarness<SourceProgress, CatchUpState> harness;
  private long now;

  private static final class Broker implements EndOffsets {
    Broker() {
      OPEN.incrementAndGet();
    }

    @Override
    public Map<TopicPartition, Long> read() {
      ASKED.incrementAndGet();
      return broker.get();
    }

    @Override
    public void wakeup() {
      woken.countDown();
    }

    @Override
    public void close() {
      OPEN.decrementAndGet();
    }
  }

  private void open(Supplier<Map<TopicPartition, Long>> ends) throws Exception {
    broker = ends;
    woken = new CountDownLatch(1);
    ASKED.set(0);
    OPEN.set(0);
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new CatchUpOperator(Map.of("labels", "l"), Broker::new), 1, 1, 0);
    harness.setProcessingTime(0);
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
    assertThat(OPEN).hasValue(0);
  }

  private void tick() throws Exception {
    Thread.sleep(20);
    now += 1000;
    harness.setProcessingTime(now);
  }

  private List<Object> emitted() {
    List<Object> emitted = new ArrayList<>();
    for (Object out : harness.getOutput()) {
      emitted.add(out instanceof StreamRecord<?> record ? record.getValue() : out);
    }
    return emitted;
  }

  @Test
  void itEmitsFalseFirstAndTrueOnceAllIsRead() throws Exception {
    open(() -> ENDS);
    tick();
    assertThat(emitted()).containsExactly(WatermarkStatus.IDLE, new CatchUpState(false));
    harness.processElement(new StreamRecord<>(READ));
    while (emitted().size() < 3) {
      tick();
    }
    assertThat(emitted())
        .containsExactly(WatermarkStatus.IDLE, new CatchUpState(false), new CatchUpState(true));
    // Then the broker is asked no more.
    while (OPEN.get() > 0) {
      Thread.sleep(10);
    }
    int asked = ASKED.get();
    harness.processElement(new StreamRecord<>(READ));
    for (int i = 0; i < 20; i++) {
      tick();
    }
    assertThat(emitted()).hasSize(3);
    assertThat(ASKED).hasValue(asked);
  }

  @Test
  void itsOutputHoldsNoEventTimeBack() throws Exception {
    open(() -> ENDS);
    harness.processWatermarkStatus(WatermarkStatus.ACTIVE);
    harness.processWatermark(new Watermark(7));
    assertThat(emitted()).containsExactly(WatermarkStatus.IDLE);
  }

  @Test
  void aBrokerThatDoesNotAnswerIsAskedAgain() throws Exception {
    open(
        () -> {
          if (ASKED.get() < 3) {
            throw new TimeoutException("no answer");
          }
          return ENDS;
        });
    harness.processElement(new StreamRecord<>(READ));
    while (emitted().size() < 3) {
      assertThat(OPEN.get()).isLessThanOrEqualTo(1);
      tick();
    }
    assertThat(emitted()).endsWith(new CatchUpState(true));
    assertThat(ASKED.get()).isGreaterThanOrEqualTo(3);
  }

  @Test
  void whateverElseEndsTheThreadFailsTheTask() throws Exception {
    open(
        () -> {
          throw new NoClassDefFoundError("gone");
        });
    assertThatThrownBy(
            () -> {
              for (; ; ) {
                tick();
              }
            })
        .hasStackTraceContaining("the thread that asks for end offsets has failed")
        .hasRootCauseMessage("gone");
  }

  @Test
  void aTaskThatEndsDoesNotWaitForTheBroker() throws Exception {
    open(
        () -> {
          try {
            woken.await();
          } catch (InterruptedException e) {
            throw new KafkaException(e);
          }
          throw new WakeupException();
        });
    while (ASKED.get() == 0) {
      Thread.sleep(10);
    }
    harness.close();
    assertThat(OPEN).hasValue(0);
    assertThat(ASKED).hasValue(1);
  }
}
