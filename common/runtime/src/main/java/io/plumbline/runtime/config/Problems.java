package io.plumbline.runtime.config;

import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.List;

/** Everything that is wrong with a file, so that it is told at once. */
final class Problems {
  private final String file;
  private final List<String> lines = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  /**
   * @param line from 1; 0 if the problem has no single place
   */
  void add(int line, String path, String problem) {
    String place = line > 0 ? file + ":" + line : file;
    String text = path.isEmpty() ? place + ": " + problem : place + ": " + path + ": " + problem;
    // What stands in the file must not look like a problem of its own.
    lines.add(text.replaceAll("\\p{Cntrl}", "\uFFFD"));
  }

  void throwIfAny() {
    if (!lines.isEmpty()) {
      throw new BadInput(String.join(System.lineSeparator(), lines));
    }
  }
}
