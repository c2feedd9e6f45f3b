package io.plumbline.runtime.control;

/** The control topic cannot be read or written, in words for the person who asked. */
public final class ControlUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ControlUnavailable(String message) {
    super(message);
  }

  public ControlUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
