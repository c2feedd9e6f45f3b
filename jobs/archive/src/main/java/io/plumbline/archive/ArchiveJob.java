package io.plumbline.archive;

import io.plumbline.parquet.TablesFolder;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.kafka.EventStreams;
import io.plumbline.runtime.kafka.JobResults;
import io.plumbline.runtime.kafka.JobStart;
import io.plumbline.runtime.launch.StreamingJob;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Keeps what the streaming jobs say: result topics into Parquet tables. */
public final class ArchiveJob {
  private static final String NAME = "archive";

  private ArchiveJob() {}

  public static void main(String[] args) throws Exception {
    StreamingJob.run(NAME, args, ArchiveJob::define);
  }

  static JobStart define(StreamExecutionEnvironment env, PlumblineConfig config) {
    List<String> topics =
        ArchiveTable.ofResults().stream().map(table -> config.kafka().name(table.topic())).toList();
    EventStreams streams = new EventStreams(env, config, NAME, Duration.ZERO);
    TypeInformation<ResultState> type = TypeInformation.of(ResultState.class);
    DataStream<ResultState> rows =
        ArchivePipeline.rows(
            streams.timeless("results", topics, new ResultSchema(config), type),
            streams.controlChanges(new ControlRows(config), type),
            config.tables().commitInterval());
    Path tables = TablesFolder.of(config.tables().path());
    for (ArchiveTable table : ArchiveTable.values()) {
      String name = table.table();
      rows.filter(state -> state.table().equals(name))
          .name("rows of " + name)
          .uid("rows-of-" + name)
          .sinkTo(TableSink.of(tables, table))
          .name(name)
          .uid("write-" + name);
    }
    return new JobResults(streams).write();
  }
}
