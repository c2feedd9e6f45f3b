package io.plumbline.onlinemetrics.quality;

import io.plumbline.events.MetricPoint;
import io.plumbline.runtime.aggregate.FoldMemory;
import io.plumbline.runtime.window.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Windows of predictions by event time, each in keyed state by itself, from the first part that
 * comes until no label can count any more. A window is emitted when the watermark passes its end,
 * then at the {@link EmissionPace} while labels change it, and a last time as final. What the pace
 * holds back is emitted once no part of any window has come for a while.
 *
 * <p>Parts are gathered on the heap, and appended to the state before a checkpoint; a window's
 * state is read only when it is emitted.
 */
final class QualityWindows extends AbstractStreamOperator<MetricPoint>
    implements OneInputStreamOperator<QualityDelta, MetricPoint>,
        Triggerable<String, VoidNamespace> {
  /** Without input for so long, by the clock, nothing is held back any more. */
  private static final long IDLE_AFTER = Duration.ofSeconds(10).toMillis();

  private static final String HELD_BACK = "held-back";

  private final FoldMemory memory;
  private final long allowedLateness;

  private transient long mostBytes;
  private transient Map<String, QualityDelta> gathered;
  private transient long bytes;
  private transient ListState<QualityDelta> parts;
  private transient ValueState<Emitted> emitted;

  /** When a window is emitted that has changed since; null: it has not, or is not over. */
  private transient ValueState<Long> heldBack;

  private transient InternalTimerService<VoidNamespace> timers;

  /** The watermark that any task of this operator has seen, also before a restore. */
  private transient long watermark;

  private transient ListState<Long> watermarks;
  private transient long lastInput;

  /** That no input is noticed; null: nothing is held back. */
  private transient ScheduledFuture<?> idleness;

  private transient StreamRecord<MetricPoint> record;
  private transient Counter tooLate;

  /**
   * @param memory that gathered parts take in a task
   * @param allowedLateness behind a horizon, in milliseconds
   */
  QualityWindows(FoldMemory memory, long allowedLateness) {
    this.memory = memory;
    this.allowedLateness = allowedLateness;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    watermarks =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("watermark", Types.LONG));
    watermark = Long.MIN_VALUE;
    for (Long one : watermarks.get()) {
      watermark = Math.max(watermark, one);
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    mostBytes = memory.in(getRuntimeContext());
    gathered = new HashMap<>();
    parts = getRuntimeContext().getListState(new ListStateDescriptor<>("parts", QualityDelta.TYPE));
    emitted = getRuntimeContext().getState(new ValueStateDescriptor<>("emitted", Emitted.TYPE));
    heldBack = getRuntimeContext().getState(new ValueStateDescriptor<>(HELD_BACK, Types.LONG));
    timers = getInternalTimerService("windows", VoidNamespaceSerializer.INSTANCE, this);
    record = new StreamRecord<>(null);
    tooLate = getMetricGroup().counter("parts_too_late");
    // What was held back before a restore is so still.
    noteInput();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    watermarks.clear();
    if (watermark != Long.MIN_VALUE) {
      watermarks.add(watermark);
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // The end of the input makes all windows final that are open: no later run's.
    if (mark.getTimestamp() != Long.MAX_VALUE) {
      watermark = Math.max(watermark, mark.getTimestamp());
    }
    super.processWatermark(mark);
  }

  @Override
  public void processElement(StreamRecord<QualityDelta> element) throws Exception {
    noteInput();
    QualityDelta part = element.getValue();
    String key = (String) getCurrentKey();
    QualityDelta held = gathered.get(key);
    if (held == null) {
      if (isGone(part)) {
        tooLate.inc();
        return;
      }
      held = QualityDelta.of(part.key());
      gathered.put(key, held);
      bytes += WindowContent.BYTES;
      expect(part);
    }
    held.content().merge(part.content());
    bytes += part.content().bytes();
    if (bytes > mostBytes) {
      append();
    }
  }

  /** Whether a window was final: a part would begin it anew, and replace what was made of all. */
  private boolean isGone(QualityDelta part) throws Exception {
    return part.finalTime(allowedLateness) <= watermark && !parts.get().iterator().hasNext();
  }

  /** Sees to it that a window which has changed is emitted. */
  private void expect(QualityDelta part) throws Exception {
    Window window = part.key().window();
    timers.registerEventTimeTimer(VoidNamespace.INSTANCE, part.finalTime(allowedLateness));
    if (window.end() - 1 > watermark) {
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, window.end() - 1);
    } else if (heldBack.value() == null) {
      Emitted last = emitted.value();
      long now = timers.currentProcessingTime();
      long at =
          last == null
              ? now
              : Math.min(last.computedAt(), now) + EmissionPace.interval(window.end(), watermark);
      heldBack.update(at);
      timers.registerProcessingTimeTimer(VoidNamespace.INSTANCE, at);
    }
  }

  /** Puts what was gathered into the state, without reading that. */
  private void append() throws Exception {
    for (Map.Entry<String, QualityDelta> entry : gathered.entrySet()) {
      setCurrentKey(entry.getKey());
      parts.add(entry.getValue());
    }
    gathered.clear();
    bytes = 0;
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    append();
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    QualityDelta window = window();
    if (window == null) {
      return;
    }
    long end = window.finalTime(allowedLateness);
    if (end <= timers.currentWatermark()) {
      emit(window, true);
      parts.clear();
      emitted.clear();
    } else if (timer.getTimestamp() < window.key().window().end()) {
      emit(window, false);
    } else {
      // A prediction has come that is waited for longer.
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, end);
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    if (heldBack.value() != null) {
      emit(window(), false);
    }
  }

  /**
   * All that is known of the current window, which is one part in the state then; null: nothing.
   */
  private QualityDelta window() throws Exception {
    QualityDelta added = gathered.remove((String) getCurrentKey());
    bytes = gathered.isEmpty() ? 0 : bytes - (added == null ? 0 : added.content().bytes());
    QualityDelta all = null;
    int read = 0;
    for (QualityDelta part : parts.get()) {
      if (all == null) {
        all = QualityDelta.of(part.key());
      }
      all.content().merge(part.content());
      read++;
    }
    if (added != null) {
      if (all == null) {
        all = QualityDelta.of(added.key());
      }
      all.content().merge(added.content());
    }
    if (read > 1 || added != null) {
      parts.update(List.of(all));
    }
    return all;
  }

  private void emit(QualityDelta window, boolean isFinal) throws Exception {
    Long held = heldBack.value();
    if (held != null) {
      timers.deleteProcessingTimeTimer(VoidNamespace.INSTANCE, held);
      heldBack.clear();
    }
    Emitted before = emitted.value() == null ? Emitted.NOTHING : emitted.value();
    long computedAt = Math.max(timers.currentProcessingTime(), before.computedAt() + 1);
    emitted.update(
        QualityResults.emit(
            window, before, isFinal, computedAt, point -> output.collect(record.replace(point))));
  }

  private void noteInput() {
    lastInput = getProcessingTimeService().getCurrentProcessingTime();
    if (idleness == null) {
      awaitIdleness();
    }
  }

  private void awaitIdleness() {
    idleness =
        getProcessingTimeService().registerTimer(lastInput + IDLE_AFTER, at -> onIdleTimer());
  }

  private void onIdleTimer() throws Exception {
    if (getProcessingTimeService().getCurrentProcessingTime() < lastInput + IDLE_AFTER) {
      awaitIdleness();
      return;
    }
    idleness = null;
    for (String key : keysHeldBack()) {
      setCurrentKey(key);
      emit(window(), false);
    }
  }

  private List<String> keysHeldBack() {
    try (Stream<String> keys =
        this.<String>getKeyedStateBackend().getKeys(HELD_BACK, VoidNamespace.INSTANCE)) {
      // Listed first: an emission takes its key out.
      return keys.collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
    }
  }
}
