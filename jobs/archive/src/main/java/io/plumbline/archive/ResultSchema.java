package io.plumbline.archive;

import io.plumbline.events.ControlMessage;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlRecords;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.Ingested;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Makes a row of a record of any result topic. Never throws. A row's time is the name of a folder:
 * so it lies between the table's retention and {@code ingest.max_future}, seen from its Kafka
 * record, and a replay decides the same.
 */
final class ResultSchema implements KafkaRecordDeserializationSchema<Ingested<ResultState>> {
  private final IngestSchema<ResultState> rows;
  private final ControlRecords control;
  private final String controlTopic;
  private final Map<String, Duration> retention;

  ResultSchema(PlumblineConfig config) {
    Map<String, Decoder<? extends ResultState>> decoders = new HashMap<>();
    for (ArchiveTable table : ArchiveTable.values()) {
      decoders.put(config.kafka().name(table.topic()), new RowDecoder(table));
    }
    rows =
        new IngestSchema<>(
            decoders,
            ResultState::computedAt,
            TypeInformation.of(ResultState.class),
            config.ingest().maxFuture());
    control = new ControlRecords(config.kafka());
    controlTopic = config.kafka().name(Topic.CONTROL);
    retention = Map.copyOf(config.tables().retention());
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Ingested<ResultState>> out) {
    out.collect(read(record));
  }

  private Ingested<ResultState> read(ConsumerRecord<byte[], byte[]> record) {
    List<Ingested<ResultState>> one = new ArrayList<>();
    rows.deserialize(record, new ListCollector<>(one));
    Ingested<ResultState> row = one.get(0);
    if (row.event() == null) {
      return row;
    }
    if (record.topic().equals(controlTopic)) {
      Ingested<ControlMessage> change = control.read(record);
      if (change.event() == null) {
        // No job went by it: nothing was changed.
        return row.refused(change.refusal());
      }
    }
    return inTime(row, record.timestamp());
  }

  private Ingested<ResultState> inTime(Ingested<ResultState> row, long timestamp) {
    String table = row.event().table();
    Duration kept = retention.get(table);
    Duration age = Duration.ofMillis(timestamp - row.event().computedAt());
    return age.compareTo(kept) <= 0
        ? row
        : row.refused(
            "the result is %d d older than its Kafka record, tables.retention of %s is %d d"
                .formatted(age.toDays(), table, kept.toDays()));
  }

  @Override
  public TypeInformation<Ingested<ResultState>> getProducedType() {
    return rows.getProducedType();
  }
}
