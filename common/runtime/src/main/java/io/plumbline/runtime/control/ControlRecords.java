package io.plumbline.runtime.control;

import io.plumbline.events.ControlMessage;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads records of the control topic. Never throws. */
public final class ControlRecords {
  private final IngestSchema<ControlMessage> messages;

  public ControlRecords(KafkaConfig kafka) {
    messages =
        new IngestSchema<>(
            Map.of(kafka.name(Topic.CONTROL), new ControlDecoder()),
            EventTime.none(),
            TypeInformation.of(ControlMessage.class),
            // They have no event time.
            Duration.ZERO);
  }

  /** The change, or the dead letter that the record becomes. */
  public Ingested<ControlChange> read(ConsumerRecord<byte[], byte[]> record, ControlEpoch epoch) {
    Ingested<ControlMessage> read = read(record);
    return read.event() == null
        ? read.refusedAs()
        : read.as(new ControlChange(read.event(), epoch, record.offset()));
  }

  /** The message, or the dead letter that the record becomes. */
  private Ingested<ControlMessage> read(ConsumerRecord<byte[], byte[]> record) {
    List<Ingested<ControlMessage>> one = new ArrayList<>();
    messages.deserialize(record, new ListCollector<>(one));
    Ingested<ControlMessage> read = one.get(0);
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
    return read;
  }
}
