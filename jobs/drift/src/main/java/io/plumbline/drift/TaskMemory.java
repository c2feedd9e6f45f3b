package io.plumbline.drift;

import io.plumbline.stats.numeric.ValueMemory;
import java.io.File;
import java.io.IOException;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.execution.Environment;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;

/**
 * How much of the heap a task takes for values, beside the other tasks of its process; what has no
 * room there waits in files in Flink's temporary directories.
 */
final class TaskMemory {
  /** What Flink itself needs. */
  private static final long FLINK_BYTES = 192L << 20;

  /** Of the rest; what remains is for pages, dictionaries, categories. */
  private static final double SHARE = 0.6;

  private TaskMemory() {}

  static ValueMemory of(Environment environment) {
    int slots =
        environment.getTaskManagerInfo().getConfiguration().get(TaskManagerOptions.NUM_TASK_SLOTS);
    IOManager files = environment.getIOManager();
    return new ValueMemory(
        bytes(Runtime.getRuntime().maxMemory(), slots), () -> newFile(files).toPath());
  }

  static long bytes(long heap, int slots) {
    return (long) (Math.max(0, heap - FLINK_BYTES) * SHARE / slots);
  }

  private static File newFile(IOManager files) throws IOException {
    return files.createChannel().getPathFile();
  }
}
