package io.plumbline.runtime.ingest;

import java.io.Serializable;
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
  private long emitted = Disorder.NEVER;
  private boolean idle;

  /**
   * @param output of the task's operator
   */
  EmittedWatermark(OperatorStateStore store, Output<?> output) throws Exception {
    state =
        store.getUnionListState(
            new ListStateDescriptor<>("watermarks", TypeInformation.of(TaskWatermark.class)));
    this.output = output;
    watermark = TaskWatermark.common(state.get());
  }

  /** The watermark of a task, in epoch milliseconds, and whether others need not wait for it. */
  public record TaskWatermark(long watermark, boolean idle) implements Serializable {
    /**
     * What all tasks together have reached: the least of those that are not idle, if any is not.
     */
    static long common(Iterable<TaskWatermark> watermarks) {
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
  }

  /** Emits what was restored. */
  void open() {
    emit();
  }

  /**
   * In epoch milliseconds, {@link Disorder#NEVER} before the first: by it events are late. While
   * the task is idle, it may be further than what was emitted.
   */
  long value() {
    return watermark;
  }

  boolean isIdle() {
    return idle;
  }

  /** Emits a watermark, unless one as great has been; that of an idle task once it is active. */
  void advance(long to) {
    watermark = Math.max(watermark, to);
    emit();
  }

  /** Emits a status, unless it is the one that was emitted last. */
  void setIdle(boolean to) {
    if (idle != to) {
      idle = to;
      output.emitWatermarkStatus(to ? WatermarkStatus.IDLE : WatermarkStatus.ACTIVE);
      emit();
    }
  }

  private void emit() {
    if (!idle && watermark > emitted) {
      emitted = watermark;
      output.emitWatermark(new Watermark(watermark));
    }
  }

  /** For the other tasks and the next run. */
  TaskWatermark state() {
    return new TaskWatermark(watermark, idle);
  }

  void save() throws Exception {
    state.update(List.of(state()));
  }
}
