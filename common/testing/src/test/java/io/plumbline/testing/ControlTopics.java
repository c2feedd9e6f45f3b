package io.plumbline.testing;

import io.plumbline.events.ControlMessage;
import io.plumbline.runtime.control.ControlTopic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What tests do with a control topic. */
final class ControlTopics {
  private ControlTopics() {}

  /** Says who owns features: {@code income=ann}. */
  static void write(TestTopics topics, String... owners) {
    List<ControlMessage> messages = new ArrayList<>();
    for (String owner : owners) {
      String[] parts = owner.split("=", -1);
      String spec = "{\"type\":\"numeric\",\"owner\":\"%s\"}".formatted(parts[1]);
      messages.add(new ControlMessage("feature", parts[0], spec, "test", Instant.EPOCH));
    }
    ControlTopic.write(topics.config(), messages);
  }
}
