package io.plumbline.runtime.control;

import io.plumbline.events.Topic;
import io.plumbline.runtime.config.KafkaConfig;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Ingested;
import io.plumbline.runtime.ingest.Malformed;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes a record of the control topic and keeps its offset. Never throws. */
public final class ControlSchema
    implements KafkaRecordDeserializationSchema<Ingested<ControlChange>> {
  private final IngestSchema<ControlChange> messages;

  public ControlSchema(KafkaConfig kafka) {
    ControlDecoder decoder = new ControlDecoder();
    messages =
        new IngestSchema<>(
            // The offset is known only outside the decoder.
            Map.of(kafka.name(Topic.CONTROL), json -> new ControlChange(decoder.decode(json), -1)),
            EventTime.none(),
            TypeInformation.of(ControlChange.class),
            // They have no event time.
            Duration.ZERO);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Ingested<ControlChange>> out) {
    out.collect(read(record));
  }

  /** The change with its offset, or the dead letter that the record becomes. */
  public Ingested<ControlChange> read(ConsumerRecord<byte[], byte[]> record) {
    List<Ingested<ControlChange>> one = new ArrayList<>();
    messages.deserialize(record, new ListCollector<>(one));
    Ingested<ControlChange> read = one.get(0);
    if (read.event() == null) {
      return read;
    }
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    if (!key.equals(read.event().key())) {
      // Under another key, compaction would keep a change that has been replaced.
      String reason =
          "expected the record's key to be %s, found \"%s\""
              .formatted(read.event().key(), Malformed.shown(key));
      return read.refused(reason);
    }
    return read.as(new ControlChange(read.event().message(), record.offset()));
  }

  @Override
  public TypeInformation<Ingested<ControlChange>> getProducedType() {
    return messages.getProducedType();
  }
}
