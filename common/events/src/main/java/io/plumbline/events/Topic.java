package io.plumbline.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The topics of the contract. A config may give each another name on the broker. */
@SuppressWarnings("ImmutableEnumChecker") // List.of gives lists that do not change
public enum Topic {
  PREDICTIONS(null, List.of("prediction_id"), List.of("model", "model_version")),
  LABELS(null, List.of("prediction_id"), List.of("kind")),
  FEATURES(null, List.of("feature"), List.of("entity_id", "event_time", "origin")),
  METRICS("metric_points", List.of("series"), List.of("window_start")),
  CHECKS(
      "feature_health",
      List.of("feature"),
      List.of("model", "model_version", "segment", "window_start", "window_end")),
  DRIFT("drift_results", List.of("series"), List.of("window_start")),
  ALERTS("alerts", List.of("monitor", "series"), List.of("alert_id")),
  INCIDENTS("incidents", List.of("incident_id"), List.of()),
  ACTIONS("actions", List.of("incident_id"), List.of("action_id")),
  CONTROL("control", List.of("kind", "name"), List.of()),
  DEAD_LETTERS(null, List.of("topic"), List.of("partition", "offset"));

  private final String table;
  private final List<String> key;
  private final List<String> identity;

  Topic(String table, List<String> key, List<String> identity) {
    this.table = table;
    this.key = key;
    this.identity = identity;
  }

  /** The fields whose values, joined by slashes, are the key of a record. */
  public List<String> keyFields() {
    return key;
  }

  /**
   * The fields that say which result a record is a state of: none of them may change from one state
   * to the next. {@code job} is none of them where only one job writes the topic.
   */
  public List<String> identityFields() {
    return Stream.concat(key.stream(), identity.stream()).toList();
  }

  /**
   * Which result a record of this topic is a state of: the same text for all its states. A field
   * may be null or absent alike.
   */
  public String identity(JsonNode record) {
    return identityFields().stream()
        .map(field -> text(record.path(field)))
        .collect(Collectors.joining(","));
  }

  private static String text(JsonNode value) {
    return value.isNull() ? "" : value.toString();
  }

  /** The key of {@code kafka.topics} in the config: {@code dead_letters}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The contract's name: {@code plumbline.dead-letters}. */
  public String standardName() {
    return "plumbline." + key().replace('_', '-');
  }

  /** The table that keeps what the topic says; empty: it is not kept. */
  public Optional<String> table() {
    return Optional.ofNullable(table);
  }

  /** Whether only the last record of each key counts. */
  public boolean isCompacted() {
    return this == CONTROL;
  }

  /** By the contract's name, with or without {@code plumbline.}. */
  public static Optional<Topic> of(String name) {
    return Arrays.stream(values())
        .filter(
            topic ->
                topic.standardName().equals("plumbline." + name)
                    || topic.standardName().equals(name))
        .findFirst();
  }
}
