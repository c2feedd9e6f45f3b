package io.plumbline.runtime.memory;

import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.taskmanager.TaskManagerRuntimeInfo;

/**
 * How much of the heap the tasks in one slot may fill with data of their own, beside those in the
 * other slots of the process.
 */
public final class TaskMemory {
  /** What Flink itself needs. */
  private static final long FLINK_BYTES = 192L << 20;

  /** Of the rest; what remains is for what is on its way: records, pages, state that is merged. */
  private static final double SHARE = 0.6;

  /** In a process that is too small, so that it is slow and not stuck. */
  private static final long LEAST = 4L << 20;

  private TaskMemory() {}

  /** Bytes, by the heap of this process and the slots that it was configured with. */
  public static long bytes(TaskManagerRuntimeInfo process) {
    int slots = process.getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
    return bytes(Runtime.getRuntime().maxMemory(), slots);
  }

  static long bytes(long heap, int slots) {
    return Math.max(LEAST, (long) ((heap - FLINK_BYTES) * SHARE / slots));
  }
}
