package io.plumbline.runtime.ingest;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * The watermark and the status that a task has emitted. The watermark survives a restore, so that
 * windows which were closed stay closed, and never goes back.
 */
final class EmittedWatermark {
  private final ListState<TaskWatermark> state;
  private final Output<?> output;
  private long watermark;
  private boolean idle;

  /**
   * @param output of the task's operator
   */
  EmittedWatermark(OperatorStateStore store, Output<?> output) throws Exception {
    state =
        store.getUnionListState(
            new ListStateDescriptor<>("watermarks", TypeInformation.of(TaskWatermark.class)));
    this.output = output;
    watermark = common(state.get());
  }

  /** The watermark of a task, in epoch milliseconds, and whether others had to wait for it. */
  public record TaskWatermark(long watermark, boolean idle) {}

  /** What all tasks together had reached: the least of those that were not idle, if any was not. */
  private static long common(Iterable<TaskWatermark> watermarks) {
    long active = Long.MAX_VALUE;
    long furthest = Disorder.NEVER;
    for (TaskWatermark task : watermarks) {
      furthest = Math.max(furthest, task.watermark());
      if (!task.idle()) {
        active = Math.min(active, task.watermark());
      }
    }
    return active == Long.MAX_VALUE ? furthest : active;
  }

  /** Emits what was restored. */
  void open() {
    if (watermark != Disorder.NEVER) {
      output.emitWatermark(new Watermark(watermark));
    }
  }

  /** In epoch milliseconds, {@link Disorder#NEVER} before the first. */
  long value() {
    return watermark;
  }

  /** Emits a watermark, unless one as great has been emitted. */
  void advance(long to) {
    if (to > watermark) {
      watermark = to;
      output.emitWatermark(new Watermark(to));
    }
  }

  /** Emits a status, unless it is the one that was emitted last. */
  void setIdle(boolean to) {
    if (idle != to) {
      idle = to;
      output.emitWatermarkStatus(to ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
    }
  }

  void save() throws Exception {
    state.update(List.of(new TaskWatermark(watermark, idle)));
  }
}
