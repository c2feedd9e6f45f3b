package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.ingest.Malformed;
import java.io.Serializable;

/**
 * A message of the control topic and where it stood there: of two about the same thing the one of
 * the newer epoch counts, and within one that with the greater offset.
 *
 * @param message null: {@link #endsReplay}
 */
public record ControlChange(ControlMessage message, ControlEpoch epoch, long offset)
    implements Serializable {

  /** The key of what is no message. */
  static final String END_OF_REPLAY = "";

  /**
   * What a source says once it has read all that its epoch has: nothing of an earlier one holds any
   * more.
   *
   * @param next offset of the next record
   */
  static ControlChange endOfReplay(ControlEpoch epoch, long next) {
    return new ControlChange(null, epoch, next);
  }

  /** Whether it is no message, but says that all which its epoch had was said. */
  public boolean endsReplay() {
    return message == null;
  }

  /** What it is about: {@code feature/income}. */
  public String key() {
    return message == null ? END_OF_REPLAY : message.key();
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

  /** Whether it counts where the other is about the same thing. */
  boolean isLaterThan(ControlChange other) {
    return epoch.isSame(other.epoch) ? offset > other.offset : epoch.replaces(other.epoch);
  }

  /** The one that counts; null is none. */
  static ControlChange later(ControlChange a, ControlChange b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.isLaterThan(a) ? b : a;
  }
}
