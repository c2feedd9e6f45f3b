package io.plumbline.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The key that a record is written with is the one that the topic's fields give. */
class ResultTopicTest {
  private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

  private static <R> void assertKey(ResultTopic<R> topic, Map<String, String> fields, Class<R> type)
      throws IOException {
    // Each field of the contract by its name, so that two of one type are not taken for each other.
    R record = EventJson.read(EventJson.write(fields), type);
    JsonNode json = EventJson.mapper().readTree(EventJson.write(record));
    String key =
        topic.topic().keyFields().stream()
            .map(field -> json.path(field).asText())
            .collect(Collectors.joining("/"));
    assertThat(key).isNotEmpty();
    assertThat(topic.key().of(record)).isEqualTo(key);
  }

  @Test
  void theKeyIsThatOfTheFields() throws IOException {
    assertKey(
        ResultTopic.METRICS,
        Map.of("series", "psi{job=\"drift\"}", "metric", "psi", "job", "drift", "feature", "age"),
        MetricPoint.class);
    assertKey(
        ResultTopic.CHECKS,
        Map.of("feature", "income", "model", "credit", "segment", "country=DE"),
        FeatureCheck.class);
    assertKey(
        ResultTopic.DEAD_LETTERS,
        Map.of("topic", "plumbline.labels", "reason", "not JSON", "at", NOON.toString()),
        DeadLetter.class);
    assertThat(List.of(ResultTopic.METRICS, ResultTopic.CHECKS, ResultTopic.DEAD_LETTERS))
        .extracting(ResultTopic::topic)
        .containsExactly(Topic.METRICS, Topic.CHECKS, Topic.DEAD_LETTERS);
  }
}
