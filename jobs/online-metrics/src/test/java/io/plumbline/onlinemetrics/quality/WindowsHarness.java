package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.MetricPoint;
import io.plumbline.onlinemetrics.join.Joined;
import io.plumbline.runtime.aggregate.FoldMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The windows in one task, with a clock of its own. */
final class WindowsHarness implements AutoCloseable {
  static final long CLOCK = 1_900_000_000_000L;

  /** Where state is kept. */
  enum Backend {
    HEAP,
    ROCKSDB;

    StateBackend open() {
      return this == HEAP ? new HashMapStateBackend() : new EmbeddedRocksDBStateBackend(false);
    }
  }

  private final Backend backend;
  private final long memory;
  private KeyedOneInputStreamOperatorTestHarness<String, QualityDelta, MetricPoint> harness;
  private QualityWindows operator;
  private long checkpoint;
  private long clock = CLOCK;

  WindowsHarness(Backend backend) throws Exception {
    this(backend, 1 << 20);
  }

  /**
   * @param memory in bytes, that is gathered before it goes into state
   */
  WindowsHarness(Backend backend, long memory) throws Exception {
    this.backend = backend;
    this.memory = memory;
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    operator = new QualityWindows(FoldMemory.bytes(memory), Changes.LATENESS);
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, part -> part.key().text(), Types.STRING);
    harness.setStateBackend(backend.open());
    harness.setup(
        TypeInformation.of(MetricPoint.class)
            .createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.setProcessingTime(clock);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  void add(Joined... changes) throws Exception {
    add(Changes.folded(changes));
  }

  void add(List<QualityDelta> parts) throws Exception {
    for (QualityDelta part : parts) {
      harness.processElement(new StreamRecord<>(part));
    }
  }

  void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  void pass(long millis) throws Exception {
    at(clock + millis);
  }

  void at(long time) throws Exception {
    clock = time;
    harness.setProcessingTime(time);
  }

  /** Lets a checkpoint's barrier come. */
  void barrier() throws Exception {
    checkpoint++;
    harness.prepareSnapshotPreBarrier(checkpoint);
  }

  /** Takes a checkpoint. */
  OperatorSubtaskState snapshot() throws Exception {
    barrier();
    return harness.snapshot(checkpoint, checkpoint);
  }

  /** Ends the task and starts another with its state. What it has given is kept. */
  void restore() throws Exception {
    List<MetricPoint> given = harness.extractOutputValues();
    OperatorSubtaskState state = snapshot();
    harness.close();
    open(state);
    given.forEach(point -> harness.getOutput().add(new StreamRecord<>(point)));
  }

  /** What it has given since the last question. */
  List<MetricPoint> points() {
    List<MetricPoint> given = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return given;
  }

  /** The values of a metric since the last question, in order, of all predictions. */
  List<Double> values(String metric) {
    List<Double> values = new ArrayList<>();
    for (MetricPoint point : points()) {
      if (point.metric().equals(metric) && point.segment().isEmpty()) {
        values.add(point.value());
      }
    }
    return values;
  }

  /** How many entries states and timers have. */
  int entries() throws Exception {
    // RocksDB's timers that went off are only deleted then.
    snapshot();
    KeyedStateBackend<?> state = ((AbstractStreamOperator<?>) operator).getKeyedStateBackend();
    return state instanceof RocksDBKeyedStateBackend<?> rocks
        ? rocks.numKeyValueStateEntries()
        : harness.numKeyedStateEntries()
            + harness.numEventTimeTimers()
            + harness.numProcessingTimeTimers();
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }
}
