package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.ingest.Ingested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** What of a record and its time decides whether it becomes a row. */
class ResultSchemaTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-24T12:00:00Z");

  private final ResultSchema schema =
      new ResultSchema(
          ConfigLoader.parse(
              "test",
              "ingest: {max_record: 1B, max_depth: 1}\ntables: {retention: {metric_points: 10d}}"));

  private Ingested<ResultState> read(String json) {
    List<Ingested<ResultState>> read = new ArrayList<>();
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    schema.deserialize(
        new ConsumerRecord<>(
            Topic.METRICS.standardName(),
            0,
            0,
            WRITTEN.toEpochMilli(),
            TimestampType.CREATE_TIME,
            0,
            value.length,
            new byte[0],
            value,
            new RecordHeaders(),
            Optional.empty()),
        new ListCollector<>(read));
    return read.get(0);
  }

  private String refusal(Instant computedAt) {
    return read(Points.json(Points.point("psi{}", "drift", 1, computedAt))).refusal();
  }

  @Test
  void limitsOfUsersEventsAreNotThoseOfResults() {
    assertThat(refusal(WRITTEN)).isNull();
  }

  @Test
  void aTimeThatNoClockHadIsNoFolder() {
    assertThat(refusal(WRITTEN.plusSeconds(300))).isNull();
    assertThat(refusal(WRITTEN.plusSeconds(301)))
        .isEqualTo("the result is 301 s ahead of its Kafka record, ingest.max_future is 300 s");
    assertThat(refusal(Instant.parse("9999-01-01T00:00:00Z")))
        .contains("ahead of its Kafka record");
  }

  @Test
  void whatIsPastItsRetentionIsNotWrittenAnyMore() {
    assertThat(refusal(WRITTEN.minusSeconds(10 * 86_400))).isNull();
    assertThat(refusal(WRITTEN.minusSeconds(11 * 86_400)))
        .isEqualTo(
            "the result is 11 d older than its Kafka record, tables.retention of metric_points is"
                + " 10 d");
    assertThat(refusal(Instant.parse("0001-01-01T00:00:00Z"))).contains("older than");
  }
}
