package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import java.time.Instant;

/** Changes, made by ann at noon. */
final class Changes {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  private Changes() {}

  static ControlChange feature(String name, String owner, long offset) {
    return change(
        offset, "feature", name, "{\"type\":\"numeric\",\"owner\":\"%s\"}".formatted(owner));
  }

  /** With spec null: an earlier one is taken back. */
  static ControlChange change(long offset, String kind, String name, String spec) {
    return new ControlChange(new ControlMessage(kind, name, spec, "ann", NOON), offset);
  }
}
