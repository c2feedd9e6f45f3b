package io.plumbline.runtime.aggregate;

import io.plumbline.runtime.memory.TaskMemory;
import java.io.Serializable;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * How much memory an operator takes in each task: a fold before it gives all away, and what keeps
 * names that come from events before it forgets some.
 *
 * @param share of {@link TaskMemory}; 0: it is {@code bytes}
 */
public record FoldMemory(double share, long bytes) implements Serializable {
  /**
   * A share of what the process has for a slot: as all operators of a job meet in one slot, those
   * of a job are at most 1 together.
   */
  public static FoldMemory share(double share) {
    if (share <= 0 || share > 1) {
      throw new IllegalArgumentException("expected a share above 0 and up to 1, found " + share);
    }
    return new FoldMemory(share, 0);
  }

  /** The same in every process. */
  public static FoldMemory bytes(long bytes) {
    return new FoldMemory(0, bytes);
  }

  /**
   * Bytes, in one task.
   *
   * @param context of a stream's operator or function
   */
  public long in(RuntimeContext context) {
    if (share == 0) {
      return bytes;
    }
    var process = ((StreamingRuntimeContext) context).getTaskManagerRuntimeInfo();
    return (long) (share * TaskMemory.bytes(process));
  }
}
