package io.plumbline.runtime.aggregate;

import io.plumbline.runtime.memory.TaskMemory;
import java.io.Serializable;
import org.apache.flink.runtime.execution.Environment;

/**
 * How much memory a fold takes in each task before it gives all away.
 *
 * @param share of {@link TaskMemory}; 0: it is {@code bytes}
 */
public record FoldMemory(double share, long bytes) implements Serializable {
  /**
   * A share of what the process has for a slot: as all operators of a job meet in one slot, those
   * of the folds of a job are at most 1 together.
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

  long in(Environment environment) {
    return share == 0 ? bytes : (long) (share * TaskMemory.bytes(environment));
  }
}
