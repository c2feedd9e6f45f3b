package io.plumbline.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.events.Topic;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Of each result the state with the greatest {@code computed_at}, as any reader should see it. */
final class LatestStates {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Optional<Topic> topic;
  private final Map<String, State> states = new LinkedHashMap<>();

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record State(Instant computedAt, byte[] value) {}

  /**
   * @param topic empty: a topic of somebody else, whose records are told apart by their key
   */
  LatestStates(Optional<Topic> topic) {
    this.topic = topic;
  }

  void add(byte[] key, byte[] value) {
    if (value == null) {
      states.remove(text(key));
      return;
    }
    JsonNode record = parse(value);
    String id = topic.isEmpty() || record == null ? text(key) : topic.get().identity(record);
    State state = new State(record == null ? Instant.MIN : computedAt(record), value);
    // Equal times are two copies of one state, or a topic without them: the later record counts.
    states.merge(id, state, (old, now) -> now.computedAt.isBefore(old.computedAt) ? old : now);
  }

  private static JsonNode parse(byte[] value) {
    try {
      return JSON.readTree(value);
    } catch (IOException e) {
      return null;
    }
  }

  private static Instant computedAt(JsonNode record) {
    try {
      return Instant.parse(record.path("computed_at").asText());
    } catch (DateTimeParseException e) {
      return Instant.MIN;
    }
  }

  private static String text(byte[] key) {
    return key == null ? "" : new String(key, java.nio.charset.StandardCharsets.UTF_8);
  }

  Collection<byte[]> values() {
    return states.values().stream().map(State::value).toList();
  }
}
