package io.plumbline.runtime.input;

import java.util.List;

/**
 * What the user gave cannot be used: a path, a file's content, an option, a key of the config. The
 * message is for the user and names the place, what was found there and what was expected.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String[] lines;

  public BadInput(String message) {
    super(message);
    lines = new String[] {message};
  }

  public BadInput(String message, Throwable cause) {
    super(message, cause);
    lines = new String[] {message};
  }

  private BadInput(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    lines = problems.toArray(String[]::new);
  }

  /** Several problems at once. */
  public static BadInput ofAll(List<String> problems) {
    return new BadInput(problems);
  }

  /** The message, a line for each problem: any other end of a line in it is of the user's text. */
  public List<String> lines() {
    return List.of(lines);
  }
}
