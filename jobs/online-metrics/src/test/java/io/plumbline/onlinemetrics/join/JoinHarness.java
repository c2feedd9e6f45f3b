package io.plumbline.onlinemetrics.join;

import io.plumbline.events.Answer;
import io.plumbline.events.DeadLetter;
import io.plumbline.events.Label;
import io.plumbline.events.Segment;
import io.plumbline.onlinemetrics.model.ModelsView;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Positioned;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.state.CheckpointStorage;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The join in one task, with the default lateness of ten minutes. */
final class JoinHarness implements AutoCloseable {
  private static final long CLOCK = 1_700_000_000_000L;

  /** Where state is kept. */
  enum Backend {
    HEAP,
    ROCKSDB;

    StateBackend open() {
      return this == HEAP ? new HashMapStateBackend() : rocksDb(false);
    }
  }

  /** With memory of its own: what a harness manages is so little that it flushes at every turn. */
  static EmbeddedRocksDBStateBackend rocksDb(boolean isIncremental) {
    EmbeddedRocksDBStateBackend backend = new EmbeddedRocksDBStateBackend(isIncremental);
    backend.getMemoryConfiguration().setFixedMemoryPerSlot("128mb");
    return backend.configure(
        new Configuration().set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true),
        JoinHarness.class.getClassLoader());
  }

  private final ModelsView models;
  private final StateBackend backend;
  private final CheckpointStorage checkpoints;
  private final FoldMemory memory;
  private PlumblineConfig config = PlumblineConfig.defaults();
  private KeyedTwoInputStreamOperatorTestHarness<
          Integer, Positioned<Answer>, Positioned<Label>, Joined>
      harness;
  private long offset;
  private long checkpoint;

  JoinHarness(ModelsView models, Backend backend) throws Exception {
    this(models, backend.open());
  }

  private JoinHarness(ModelsView models, StateBackend backend) throws Exception {
    this(models, backend, new JobManagerCheckpointStorage());
  }

  /**
   * @param memory of what waits for a barrier
   */
  JoinHarness(ModelsView models, Backend backend, FoldMemory memory) throws Exception {
    this(models, backend.open(), new JobManagerCheckpointStorage(), memory);
  }

  JoinHarness(ModelsView models, StateBackend backend, CheckpointStorage checkpoints)
      throws Exception {
    this(models, backend, checkpoints, FoldMemory.bytes(32 << 20));
  }

  private JoinHarness(
      ModelsView models, StateBackend backend, CheckpointStorage checkpoints, FoldMemory memory)
      throws Exception {
    this.models = models;
    this.backend = backend;
    this.checkpoints = checkpoints;
    this.memory = memory;
    open(null);
  }

  private void open(OperatorSubtaskState state) throws Exception {
    harness =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            LabelJoin.operator(models, memory, config),
            LabelJoin.answerKey(),
            LabelJoin.labelKey(),
            Types.INT,
            128,
            1,
            0);
    harness.setStateBackend(backend);
    harness.setCheckpointStorage(checkpoints);
    harness.setup(
        JoinTypes.JOINED.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    harness.setProcessingTime(CLOCK);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
  }

  /** The same by another config. */
  void restore(PlumblineConfig by) throws Exception {
    config = by;
    restore();
  }

  /** Ends the task and starts another with its state. What it gave is forgotten. */
  void restore() throws Exception {
    OperatorSubtaskState state = snapshot();
    harness.close();
    open(state);
  }

  /** As a task does before each snapshot. */
  private void barrier() throws Exception {
    checkpoint++;
    harness.prepareSnapshotPreBarrier(checkpoint);
  }

  OperatorSubtaskState snapshot() throws Exception {
    barrier();
    return harness.snapshot(checkpoint, checkpoint);
  }

  /** Bytes of its states and timers by what is in them, whatever files they are in. */
  long bytes() throws Exception {
    barrier();
    return harness
        .snapshotWithLocalState(
            checkpoint, checkpoint, SavepointType.savepoint(SavepointFormatType.CANONICAL))
        .getJobManagerOwnedState()
        .getStateSize();
  }

  KeyedTwoInputStreamOperatorTestHarness<Integer, Positioned<Answer>, Positioned<Label>, Joined>
      harness() {
    return harness;
  }

  void predict(Answer answer) throws Exception {
    harness.processElement1(new StreamRecord<>(new Positioned<>(answer, 1, offset++), answer.ts()));
  }

  void label(Label label) throws Exception {
    harness.processElement2(new StreamRecord<>(new Positioned<>(label, 2, offset++), label.ts()));
  }

  void watermark(long time) throws Exception {
    harness.processBothWatermarks(new Watermark(time));
  }

  /** How many keys its states and timers have. */
  int entries() throws Exception {
    // RocksDB's timers that went off are only deleted then.
    snapshot();
    KeyedStateBackend<?> state =
        ((AbstractStreamOperator<?>) harness.getOperator()).getKeyedStateBackend();
    return state instanceof RocksDBKeyedStateBackend<?> rocks
        ? rocks.numKeyValueStateEntries()
        : harness.numKeyedStateEntries() + harness.numEventTimeTimers();
  }

  /** What it has given since the last question. */
  List<Joined> joined() {
    List<Joined> given = harness.extractOutputValues();
    harness.getOutput().clear();
    return given;
  }

  List<FreshPrediction> fresh() {
    return side(LabelJoin.FRESH);
  }

  List<Orphan> orphans() {
    return side(LabelJoin.ORPHANS);
  }

  List<DeadLetter> deadLetters() {
    return side(LabelJoin.DEAD_LETTERS);
  }

  private <T> List<T> side(OutputTag<T> tag) {
    Queue<StreamRecord<T>> given = harness.getSideOutput(tag);
    if (given == null) {
      return List.of();
    }
    List<T> values = given.stream().map(StreamRecord::getValue).toList();
    given.clear();
    return values;
  }

  @Override
  public void close() throws Exception {
    harness.close();
  }

  /** An answer of a binary model without anything but a score. */
  static Answer answer(String id, String model, String version, long ts, Double score) {
    return answer(id, model, version, ts, score, null, null, null);
  }

  static Answer answer(
      String id,
      String model,
      String version,
      long ts,
      Double score,
      Map<String, Double> scores,
      Double value,
      String predictedLabel) {
    return new Answer(
        id,
        model,
        version,
        null,
        ts,
        null,
        score,
        scores,
        value,
        predictedLabel,
        null,
        Map.of(),
        null,
        null);
  }

  /** The same with segments, {@code column=value}. */
  static Answer in(Answer answer, String... columnsAndValues) {
    Map<String, Segment> segments = new LinkedHashMap<>();
    for (String text : columnsAndValues) {
      Segment segment = Segment.parse(text);
      segments.put(segment.column(), segment);
    }
    return new Answer(
        answer.predictionId(),
        answer.model(),
        answer.modelVersion(),
        answer.role(),
        answer.ts(),
        answer.entityId(),
        answer.score(),
        answer.scores(),
        answer.value(),
        answer.predictedLabel(),
        answer.confidence(),
        segments,
        answer.latencyMs(),
        answer.error());
  }

  static Label text(String id, long ts, String label) {
    return new Label(id, ts, label, null, Label.GROUND_TRUTH);
  }

  static Label number(String id, long ts, double label) {
    String text = label == Math.rint(label) ? Long.toString((long) label) : Double.toString(label);
    return new Label(id, ts, text, label, Label.GROUND_TRUTH);
  }
}
