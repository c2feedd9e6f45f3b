package io.plumbline.cluster;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** How Flink's processes are started. */
interface FlinkCommands {
  /** What a distribution's configuration opens, since Flink looks into the JDK's own classes. */
  List<String> OPENED =
      Stream.of(
              "java.base/java.lang",
              "java.base/java.net",
              "java.base/java.io",
              "java.base/java.nio",
              "java.base/sun.nio.ch",
              "java.base/java.lang.reflect",
              "java.base/java.text",
              "java.base/java.time",
              "java.base/java.util",
              "java.base/java.util.concurrent",
              "java.base/java.util.concurrent.atomic",
              "java.base/java.util.concurrent.locks")
          .map(opened -> "--add-opens=" + opened + "=ALL-UNNAMED")
          .toList();

  /** Writes what they need beside the configuration, which is written already. */
  void configure() throws IOException;

  /** In the foreground, so that the process is the one whose pid we see. */
  ProcessBuilder jobManager(Daemon daemon);

  ProcessBuilder taskManager(Daemon daemon);

  /**
   * Flink's own command line, in the folder where the user stands: a job's main runs in it, and
   * relative paths of the config mean the same there as to every other command.
   */
  ProcessBuilder client(List<String> arguments);
}
