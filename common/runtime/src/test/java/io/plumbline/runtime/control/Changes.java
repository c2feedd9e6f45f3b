package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
import java.time.Instant;
import java.util.List;

/** Changes, made by ann at noon. */
final class Changes {
  static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

  /** The topic that most tests have to do with. */
  static final ControlEpoch EPOCH = new ControlEpoch("first", 1000);

  private Changes() {}

  static ControlSnapshot snapshot(long next, ControlChange... changes) {
    return new ControlSnapshot(EPOCH, List.of(changes), next);
  }

  /** The same said in another topic. */
  static ControlChange in(ControlEpoch epoch, ControlChange change) {
    return new ControlChange(change.message(), epoch, change.offset());
  }

  static ControlChange feature(String name, String owner, long offset) {
    return change(
        offset, "feature", name, "{\"type\":\"numeric\",\"owner\":\"%s\"}".formatted(owner));
  }

  /** With spec null: an earlier one is taken back. */
  static ControlChange change(long offset, String kind, String name, String spec) {
    return new ControlChange(new ControlMessage(kind, name, spec, "ann", NOON), EPOCH, offset);
  }
}
