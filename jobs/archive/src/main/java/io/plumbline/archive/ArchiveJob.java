package io.plumbline.archive;

import io.plumbline.events.DeadLetter;
import io.plumbline.events.Topic;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Decoder;
import io.plumbline.runtime.ingest.IngestSchema;
import io.plumbline.runtime.ingest.IngestSchema.EventTime;
import io.plumbline.runtime.kafka.KafkaSources;
import io.plumbline.runtime.kafka.ResultSinks;
import io.plumbline.runtime.launch.StreamingJob;
import io.plumbline.runtime.parquet.TablesFolder;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Keeps what the streaming jobs say: result topics into Parquet tables. */
public final class ArchiveJob {
  private static final String NAME = "archive";

  private ArchiveJob() {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, ArchiveJob::define);
  }

  static void define(StreamExecutionEnvironment env, PlumblineConfig config) {
    Map<String, Decoder<? extends ResultState>> decoders = new HashMap<>();
    for (ArchiveTable table : ArchiveTable.values()) {
      decoders.put(
          config.kafka().name(table.topic()), new ResultDecoder(table, config.ingest().maxDepth()));
    }
    var schema =
        new IngestSchema<>(
            decoders,
            EventTime.none(),
            TypeInformation.of(ResultState.class),
            config.ingest(),
            Clock.systemUTC());
    var records =
        env.fromSource(
                KafkaSources.of(config.kafka(), NAME, List.copyOf(decoders.keySet()), schema),
                WatermarkStrategy.noWatermarks(),
                "result topics")
            .uid("read-results");
    ArchivePipeline.Outputs outputs =
        ArchivePipeline.build(records, config.tables().commitInterval());
    Path tables = TablesFolder.of(config.tables().path());
    for (ArchiveTable table : ArchiveTable.values()) {
      String name = table.table();
      outputs
          .rows()
          .filter(state -> state.table().equals(name))
          .name("rows of " + name)
          .uid("rows-of-" + name)
          .sinkTo(TableSink.of(tables, table))
          .name(name)
          .uid("write-" + name);
    }
    outputs
        .deadLetters()
        .sinkTo(ResultSinks.of(config.kafka(), NAME, Topic.DEAD_LETTERS, DeadLetter::topic))
        .name("dead letters")
        .uid("write-dead-letters");
  }
}
