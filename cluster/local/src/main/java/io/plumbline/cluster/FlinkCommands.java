package io.plumbline.cluster;

import java.util.List;

/** How Flink's processes are started. */
interface FlinkCommands {
  /** In the foreground, so that the process is the one whose pid we see. */
  ProcessBuilder jobManager(Daemon daemon);

  ProcessBuilder taskManager(Daemon daemon);

  /** Flink's own command line. */
  ProcessBuilder client(List<String> arguments);
}
