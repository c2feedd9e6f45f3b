package io.plumbline.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.ConfigLoader;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlRecords;
import io.plumbline.runtime.ingest.Ingested;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** Which records of the control topic become rows. */
class ControlRowsTest {
  private static final Instant WRITTEN = Instant.parse("2026-11-24T12:00:00Z");

  private static final String CHANGE =
      "{\"kind\":\"feature\",\"name\":\"a\",\"author\":\"ann\",\"at\":\"2026-11-24T12:00:00Z\"";

  private final PlumblineConfig config =
      ConfigLoader.parse("test", "tables: {retention: {control: 10d}}");

  private Ingested<ResultState> row(String key, String json) {
    byte[] value = json.getBytes(StandardCharsets.UTF_8);
    return new ControlRows(config)
        .map(
            new ControlRecords(config.kafka())
                .read(
                    new ConsumerRecord<>(
                        Topic.CONTROL.standardName(),
                        0,
                        0,
                        WRITTEN.toEpochMilli(),
                        TimestampType.CREATE_TIME,
                        key.length(),
                        value.length,
                        key.getBytes(StandardCharsets.UTF_8),
                        value,
                        new RecordHeaders(),
                        Optional.empty()),
                    new ControlEpoch("id", 1)));
  }

  @Test
  void aChangeIsKeptAsItCame() {
    String json = CHANGE + ",\"spec\":null}";
    ResultState row = row("feature/a", json).event();
    assertThat(row.table()).isEqualTo("control");
    assertThat(row.identity()).isEqualTo("\"feature\",\"a\",\"2026-11-24T12:00:00Z\"");
    assertThat(row.computedAt()).isEqualTo(WRITTEN.toEpochMilli());
    assertThat(new String(row.json(), StandardCharsets.UTF_8)).isEqualTo(json);
    String spec = ",\"spec\":{\"type\":\"numeric\"}}";
    assertThat(row("feature/a", CHANGE + spec).refusal()).isNull();
  }

  @Test
  void aChangeThatEveryJobRefusesIsNone() {
    assertThat(row("feature/a", CHANGE + "}").refusal())
        .startsWith("expected an object with at, spec");
    assertThat(row("feature/a", CHANGE + ",\"spec\":{\"type\":\"x\"}}").refusal())
        .contains("spec.type: expected one of");
    assertThat(row("feature/b", CHANGE + ",\"spec\":null}").refusal())
        .isEqualTo("expected the record's key to be feature/a, found \"feature/b\"");
  }

  @Test
  void aTimeThatNoClockHadIsNoFolder() {
    String taken = CHANGE + ",\"spec\":null}";
    assertThat(row("feature/a", taken.replace("T12:00", "T12:06")).refusal())
        .isEqualTo("the result is 360 s ahead of its Kafka record, ingest.max_future is 300 s");
    assertThat(row("feature/a", taken.replace("-24T", "-13T")).refusal())
        .isEqualTo(
            "the result is 11 d older than its Kafka record, tables.retention of control is 10 d");
  }
}
