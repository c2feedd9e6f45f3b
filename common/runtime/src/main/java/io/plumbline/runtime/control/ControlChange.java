package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.ingest.Malformed;
import java.io.Serializable;

/**
 * A message of the control topic and where it stood there: of two about the same thing the one with
 * the greater offset counts.
 */
public record ControlChange(ControlMessage message, long offset) implements Serializable {

  /** What it is about: {@code feature/income}. */
  public String key() {
    return message.key();
  }

  /**
   * The spec of the message, which was decoded by this version; null: an earlier one is taken back.
   */
  public Record spec() {
    try {
      return ControlDecoder.spec(message);
    } catch (Malformed e) {
      throw new IllegalStateException("not decoded: " + key(), e);
    }
  }

  /** The one that counts; null is none. */
  static ControlChange later(ControlChange a, ControlChange b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.offset >= b.offset ? a : b;
  }
}
