package io.plumbline.cluster;

import java.nio.file.Path;

/** The Java that runs now: the processes that we start run the same. */
final class JavaCommand {
  private JavaCommand() {}

  static String path() {
    return home().resolve("bin").resolve("java").toString();
  }

  static Path home() {
    return Path.of(System.getProperty("java.home"));
  }
}
