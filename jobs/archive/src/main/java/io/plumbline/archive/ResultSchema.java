package io.plumbline.archive;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.ingest.Ingested;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Makes a row of a record of any topic of results. Never throws. */
final class ResultSchema implements KafkaRecordDeserializationSchema<Ingested<ResultState>> {
  private final IngestSchema<ResultState> rows;
  private final RowTimes times;

  ResultSchema(PlumblineConfig config) {
    Map<String, Decoder<? extends ResultState>> decoders = new HashMap<>();
    for (ArchiveTable table : ArchiveTable.ofResults()) {
      decoders.put(config.kafka().name(table.topic()), new RowDecoder(table));
    }
    rows =
        new IngestSchema<>(
            decoders,
            EventTime.none(),
            TypeInformation.of(ResultState.class),
            config.ingest().maxFuture());
    times = new RowTimes(config);
  }

  @Override
  public void deserialize(
      ConsumerRecord<byte[], byte[]> record, Collector<Ingested<ResultState>> out) {
    List<Ingested<ResultState>> one = new ArrayList<>();
    rows.deserialize(record, new ListCollector<>(one));
    Ingested<ResultState> row = one.get(0);
    out.collect(row.event() == null ? row : times.checked(row));
  }

  @Override
  public TypeInformation<Ingested<ResultState>> getProducedType() {
    return rows.getProducedType();
  }
}
