package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.runtime.config.ConfigLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What a record is refused for before, while and after it is decoded. */
class IngestSchemaTest {
  private static final String TOPIC = "numbers";

  /** Events that are their own time. */
  private final IngestSchema<Long> schema =
      new IngestSchema<>(
          Map.of(TOPIC, IngestSchemaTest::number),
          Long::longValue,
          Types.LONG,
          ConfigLoader.parse("test", "ingest: {max_record: 10B, max_future: 5m}").ingest());

  private static Long number(byte[] json) throws Malformed {
    String text = new String(json, StandardCharsets.UTF_8);
    if (text.equals("bug")) {
      throw new IllegalStateException("a mistake of the decoder");
    }
    if (!text.matches("-?[0-9]+")) {
      throw new Malformed("expected a number, found " + text);
    }
    return Long.valueOf(text);
  }

  private Ingested<Long> read(byte[] value) {
    List<Ingested<Long>> read = new ArrayList<>();
    // The record's time is unknown: -1.
    schema.deserialize(new ConsumerRecord<>(TOPIC, 3, 7, null, value), new ListCollector<>(read));
    assertThat(read).hasSize(1);
    assertThat(read.get(0).topic()).isEqualTo(TOPIC);
    assertThat(read.get(0).partition()).isEqualTo(3);
    assertThat(read.get(0).offset()).isEqualTo(7);
    return read.get(0);
  }

  private Ingested<Long> read(String value) {
    return read(value.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void whatCanBeReadIsAnEvent() {
    assertThat(read("299999").event()).isEqualTo(299_999);
    assertThat(read("299999").refusal()).isNull();
    assertThat(read("-99999999").refusal()).isNull();
  }

  @Test
  void anOversizedRecordIsNotEvenLookedAt() {
    assertThat(read("0000000001").event()).isEqualTo(1);
    assertThat(read("00000000001").refusal())
        .isEqualTo("expected at most 10 bytes (ingest.max_record), found 11");
  }

  @Test
  void anEventFarAheadOfItsRecordIsRefused() {
    assertThat(read("300000").refusal())
        .isEqualTo("the event is 300 s ahead of its Kafka record, ingest.max_future is 300 s");
  }

  @Test
  void aRecordWithoutAValueOrWithANonsensicalOneIsRefused() {
    assertThat(read((byte[]) null).refusal()).isEqualTo("expected a value, found none");
    assertThat(read("x").refusal()).isEqualTo("expected a number, found x");
    assertThat(read("x").bytes()).containsExactly('x');
  }

  @Test
  void aMistakeOfTheDecoderStopsNothing() {
    assertThat(read("bug").refusal()).isEqualTo("the decoder failed: IllegalStateException");
  }
}
