package io.plumbline.archive;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.events.Action;
import io.plumbline.events.Alert;
import io.plumbline.events.ControlMessage;
import io.plumbline.events.DriftResult;
import io.plumbline.events.FeatureCheck;
import io.plumbline.events.Incident;
import io.plumbline.events.MetricPoint;
import io.plumbline.events.Topic;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A metric table: which topic it keeps, and what a row is. */
public enum ArchiveTable {
  METRIC_POINTS(Topic.METRICS, MetricPoint.class, null, "computed_at"),
  DRIFT_RESULTS(Topic.DRIFT, DriftResult.class, null, "computed_at"),
  FEATURE_HEALTH(Topic.CHECKS, FeatureCheck.class, "feature-health", "computed_at"),
  ALERTS(Topic.ALERTS, Alert.class, null, "computed_at"),
  INCIDENTS(Topic.INCIDENTS, Incident.class, "alerts", "computed_at"),
  ACTIONS(Topic.ACTIONS, Action.class, "alerts", "computed_at"),
  CONTROL(Topic.CONTROL, ControlMessage.class, "control", "at");

  private final Topic topic;
  private final Class<? extends Record> type;
  private final String job;
  private final String time;

  ArchiveTable(Topic topic, Class<? extends Record> type, String job, String time) {
    this.topic = topic;
    this.type = type;
    this.job = job;
    this.time = time;
  }

  /** Those of results: all but that of changes by control. */
  static List<ArchiveTable> ofResults() {
    return Stream.of(values()).filter(table -> table != CONTROL).toList();
  }

  public Topic topic() {
    return topic;
  }

  Class<? extends Record> type() {
    return type;
  }

  /** The folder's name. */
  public String table() {
    return topic.table().orElseThrow();
  }

  /**
   * The fields that say which result a row is a state of. Of control each change is one: who, when,
   * from what and to what.
   */
  public List<String> identityFields() {
    return this == CONTROL
        ? Stream.concat(topic.identityFields().stream(), Stream.of(time)).toList()
        : topic.identityFields();
  }

  /** The same text for all rows of one result. */
  String identity(JsonNode row) {
    String result = topic.identity(row);
    return this == CONTROL ? result + "," + row.path(time) : result;
  }

  /** The job of every row; empty: each says its own. */
  Optional<String> onlyJob() {
    return Optional.ofNullable(job);
  }

  /** The field that says which of two states is the later. */
  public String timeField() {
    return time;
  }
}
