package io.plumbline.runtime.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.runtime.aggregate.CountByKey.Count;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartialAggregateOperatorTest {
  private OneInputStreamOperatorTestHarness<String, Count> harness;

  private void open(long mostBytes) throws Exception {
    open(new CountByKey(), mostBytes);
  }

  private void open(CountByKey aggregate, long mostBytes) throws Exception {
    harness = new OneInputStreamOperatorTestHarness<>(operator(aggregate, mostBytes));
    harness.open();
  }

  /** As a job gets it: by the function that adds it to a stream. */
  @SuppressWarnings("unchecked")
  private static OneInputStreamOperator<String, Count> operator(
      CountByKey aggregate, long mostBytes) {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    DataStream<String> events = env.fromData("a");
    var folded =
        PartialAggregateOperator.fold(
            events,
            aggregate,
            FoldMemory.bytes(mostBytes),
            TypeInformation.of(Count.class),
            "fold");
    assertThat(folded.getTransformation().getUid()).isEqualTo("fold");
    var transformation = (OneInputTransformation<String, Count>) folded.getTransformation();
    return (OneInputStreamOperator<String, Count>)
        ((SimpleOperatorFactory<Count>) transformation.getOperatorFactory()).getOperator();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void add(String event, long timestamp) throws Exception {
    harness.processElement(new StreamRecord<>(event, timestamp));
  }

  /** What came out since it was asked last: partial results, and watermarks as such. */
  private List<Object> given() {
    List<Object> given =
        harness.getOutput().stream()
            .map(out -> out instanceof StreamRecord<?> r ? r.getValue() : out)
            .map(Object.class::cast)
            .toList();
    harness.getOutput().clear();
    return given;
  }

  @Test
  void aWatermarkIsPassedOnAfterThePanesThatItClosesAndOnlyThese() throws Exception {
    open(1000);
    add("a", 3);
    add("a", 9);
    add("b", 12);
    harness.processWatermark(new Watermark(8));
    assertThat(given()).containsExactly(new Watermark(8));
    harness.processWatermark(new Watermark(9));
    assertThat(given()).containsExactly(new Count(10, "a", 2), new Watermark(9));
    harness.processWatermark(new Watermark(100));
    assertThat(given()).containsExactly(new Count(20, "b", 1), new Watermark(100));
  }

  @Test
  void aLateEventGivesItsPaneAnotherPartialBeforeTheNextWatermark() throws Exception {
    open(1000);
    harness.processWatermark(new Watermark(50));
    add("a", 3);
    harness.processWatermark(new Watermark(51));
    assertThat(given())
        .containsExactly(new Watermark(50), new Count(10, "a", 1), new Watermark(51));
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatSomebodyWaitsForGoesOutSoon() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    var folded =
        PartialAggregateOperator.foldPromptly(
            env.fromData("a"),
            new CountByKey(),
            FoldMemory.bytes(1000),
            Duration.ofMillis(200),
            TypeInformation.of(Count.class),
            "fold");
    var transformation = (OneInputTransformation<String, Count>) folded.getTransformation();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            (OneInputStreamOperator<String, Count>)
                ((SimpleOperatorFactory<Count>) transformation.getOperatorFactory()).getOperator());
    harness.open();
    harness.setProcessingTime(1000);
    add("a", 3);
    harness.setProcessingTime(1100);
    add("a", 4);
    assertThat(given()).isEmpty();
    harness.setProcessingTime(1200);
    assertThat(given()).containsExactly(new Count(10, "a", 2));
    add("a", 5);
    harness.setProcessingTime(1400);
    assertThat(given()).containsExactly(new Count(10, "a", 1));
  }

  /** How often a text came, whenever. */
  private static final class CountOfNoPane implements PartialAggregate<String, Count> {
    private long count;

    @Override
    public void add(String event, long timestamp) {
      count++;
    }

    @Override
    public long bytes() {
      return count;
    }

    @Override
    public long firstPaneEnd() {
      return count == 0 ? NOTHING : NO_PANE;
    }

    @Override
    public void flush(long end, Consumer<Count> out) {
      out.accept(new Count(0, "", count));
      count = 0;
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void whatIsOfNoPaneGoesOutSoonAndNotWithWatermarks() throws Exception {
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    var folded =
        PartialAggregateOperator.foldPromptly(
            env.fromData("a"),
            new CountOfNoPane(),
            FoldMemory.bytes(2),
            Duration.ofMillis(200),
            TypeInformation.of(Count.class),
            "fold");
    var transformation = (OneInputTransformation<String, Count>) folded.getTransformation();
    harness =
        new OneInputStreamOperatorTestHarness<>(
            (OneInputStreamOperator<String, Count>)
                ((SimpleOperatorFactory<Count>) transformation.getOperatorFactory()).getOperator());
    harness.open();
    harness.setProcessingTime(1000);
    add("a", 3);
    harness.processWatermark(new Watermark(50));
    assertThat(given()).containsExactly(new Watermark(50));
    add("a", 4);
    harness.setProcessingTime(1200);
    assertThat(given()).containsExactly(new Count(0, "", 2));
    add("a", 5);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(given()).containsExactly(new Count(0, "", 1));
    for (int i = 0; i < 3; i++) {
      add("a", 6);
    }
    assertThat(given()).containsExactly(new Count(0, "", 3));
    add("a", 7);
    harness.endInput();
    assertThat(given()).containsExactly(new Count(0, "", 1));
  }

  @Test
  void allGoesOutBeforeABarrierAndNothingIsKept() throws Exception {
    open(1000);
    add("a", 3);
    add("b", 1000);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(given()).containsExactly(new Count(10, "a", 1), new Count(1010, "b", 1));
    var snapshot = harness.snapshot(1, 1);
    assertThat(snapshot.hasState()).isFalse();
    harness.prepareSnapshotPreBarrier(2);
    assertThat(given()).isEmpty();
  }

  @Test
  void whatCanFoldNothingMoreFailsItsTaskAlsoWhileNoEventsCome() throws Exception {
    open(new CountByKey(true), 1000);
    assertThatThrownBy(() -> harness.prepareSnapshotPreBarrier(1)).hasMessage("broken");
  }

  @Test
  void theEndOfTheInputAndTheBoundOfBytesGiveAllAway() throws Exception {
    open(20);
    add("a", 3);
    add("b", 3);
    assertThat(given()).isEmpty();
    add("c", 1000);
    assertThat(given())
        .containsExactly(new Count(10, "a", 1), new Count(10, "b", 1), new Count(1010, "c", 1));
    add("d", 5);
    harness.endInput();
    assertThat(given()).containsExactly(new Count(10, "d", 1));
  }

  @Test
  void whateverTheOrderOfFlushesTheSumsAreTheSame() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      open(20 + random.nextInt(200));
      Map<Count, Long> expected = new HashMap<>();
      long watermark = 0;
      for (int i = 0; i < 2000; i++) {
        String text = "t" + random.nextInt(5);
        long time = random.nextInt(300);
        add(text, time);
        expected.merge(new Count((time / 10 + 1) * 10, text, 0), 1L, Long::sum);
        if (random.nextInt(20) == 0) {
          watermark += random.nextInt(5);
          harness.processWatermark(new Watermark(watermark));
        }
        if (random.nextInt(50) == 0) {
          harness.prepareSnapshotPreBarrier(i);
        }
      }
      harness.endInput();
      Map<Count, Long> summed = new HashMap<>();
      for (Object out : given()) {
        if (out instanceof Count count) {
          summed.merge(new Count(count.paneEnd(), count.text(), 0), count.count(), Long::sum);
        }
      }
      assertThat(summed).as("seed %d", seed).isEqualTo(expected);
      harness.close();
    }
  }
}
