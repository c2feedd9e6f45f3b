package io.plumbline.onlinemetrics;

import io.plumbline.events.Topic;
import io.plumbline.testing.TestTopics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Predictions of one model and their labels, as they stand on topics. */
final class Traffic {
  static final String MODEL = "credit";
  static final String CHAMPION = "v1";
  static final String SHADOW = "v2";

  private static final String ID_FIELD = "{\"prediction_id\":\"";
  private static final int PARTITIONS = 4;

  private Traffic() {}

  static String prediction(String id, String version, Instant ts, double score) {
    return ID_FIELD
        + "%s\",\"model\":\"%s\",\"model_version\":\"%s\",\"ts\":\"%s\",\"score\":%s}"
            .formatted(id, MODEL, version, ts, score);
  }

  /**
   * @param label as it stands in JSON
   */
  static String label(String id, Instant ts, String label) {
    return ID_FIELD + "%s\",\"ts\":\"%s\",\"label\":%s}".formatted(id, ts, label);
  }

  /** Writes events, those of one id to one partition. */
  static void send(TestTopics topics, Topic topic, List<String> events) {
    topics.produceKeyed(
        topic,
        events,
        event -> event.substring(ID_FIELD.length(), event.indexOf('"', ID_FIELD.length())));
  }

  /** Writes an event to a partition, with its time as the record's. */
  static void send(TestTopics topics, Topic topic, int partition, Instant time, String event) {
    topics.produce(
        topic,
        partition,
        new TreeMap<>(Map.of(time.toEpochMilli(), event.getBytes(StandardCharsets.UTF_8))));
  }

  /**
   * Brings every partition of both topics to a time, by a labelled prediction in each.
   *
   * @param label as it stands in JSON
   */
  static void goOnTo(TestTopics topics, Instant time, String label) {
    for (int partition = 0; partition < PARTITIONS; partition++) {
      String id = "%s/%s".formatted(time, partition);
      send(topics, Topic.PREDICTIONS, partition, time, prediction(id, CHAMPION, time, 0.5));
      send(topics, Topic.LABELS, partition, time, label(id, time, label));
    }
  }
}
