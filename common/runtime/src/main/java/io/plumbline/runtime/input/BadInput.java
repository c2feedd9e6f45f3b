package io.plumbline.runtime.input;

/**
 * What the user gave cannot be used: a path, a file's content, an option, a key of the config. The
 * message is for the user and names the place, what was found there and what was expected.
 */
public final class BadInput extends RuntimeException {
  private static final long serialVersionUID = 1;

  public BadInput(String message) {
    super(message);
  }

  public BadInput(String message, Throwable cause) {
    super(message, cause);
  }
}
