package io.plumbline.runtime.kafka;

/** A topic that a job is to read cannot be read, in words for the person who starts it. */
public final class TopicUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TopicUnavailable(String message) {
    super(message);
  }

  public TopicUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
