package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.input.BadInput;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Everything that is wrong with a file, so that it is told at once, in the file's order. */
public final class Problems {
  private final String file;
  private final List<Problem> found = new ArrayList<>();

  private record Problem(int line, String text) {}

  /**
   * @param file stands for the text in messages
   */
  public Problems(String file) {
    this.file = file;
  }

  /** The name that stands for the text in messages. */
  public String file() {
    return file;
  }

  /**
   * @param line from 1; 0 if the problem has no single place
   */
  public void add(int line, String path, String problem) {
    String place = line > 0 ? file + ":" + line : file;
    String text = path.isEmpty() ? place + ": " + problem : place + ": " + path + ": " + problem;
    found.add(new Problem(line, oneLine(text)));
  }

  /** How many there are. */
  public int count() {
    return found.size();
  }

  /**
   * @throws BadInput with all of them, if there is one
   */
  public void throwIfAny() {
    if (!found.isEmpty()) {
      throw BadInput.ofAll(
          found.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(Problem::text)
              .toList());
    }
  }

  /** What stands in the file must not look like a problem of its own. */
  static String oneLine(String text) {
    return text.replaceAll("[\\p{Cntrl}\u0085\u2028\u2029]", "\uFFFD");
  }
}
