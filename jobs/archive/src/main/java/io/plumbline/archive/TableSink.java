package io.plumbline.archive;

import io.plumbline.events.EventJson;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.parquet.StreamOutputFile;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import java.io.IOException;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.BucketAssigner;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.SimpleVersionedStringSerializer;
import org.apache.flink.streaming.api.functions.sink.filesystem.rollingpolicies.OnCheckpointRollingPolicy;

/** Writes rows of one table, exactly once: its files appear when the checkpoint is complete. */
final class TableSink {
  private TableSink() {}

  static FileSink<ResultState> of(Path tables, ArchiveTable table) {
    return FileSink.forBulkFormat(new Path(tables, table.table()), writers(table))
        .withBucketAssigner(new Partitions())
        .withRollingPolicy(OnCheckpointRollingPolicy.build())
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".parquet").build())
        .build();
  }

  private static BulkWriter.Factory<ResultState> writers(ArchiveTable table) {
    return stream -> new Rows<>(stream, table.type());
  }

  private static final class Rows<R extends Record> implements BulkWriter<ResultState> {
    private final Class<R> type;
    private final TableWriter<R> writer;

    Rows(FSDataOutputStream stream, Class<R> type) throws IOException {
      this.type = type;
      writer = TableWriter.create(new StreamOutputFile(stream), TableSchema.of(type));
    }

    @Override
    public void addElement(ResultState state) throws IOException {
      writer.write(EventJson.read(state.json(), type));
    }

    @Override
    public void flush() {
      // Parquet has no use for half a row group.
    }

    @Override
    public void finish() throws IOException {
      writer.close();
    }
  }

  private static final class Partitions implements BucketAssigner<ResultState, String> {
    @Override
    public String getBucketId(ResultState state, Context context) {
      return PartitionPath.of(state.date(), state.job());
    }

    @Override
    public SimpleVersionedSerializer<String> getSerializer() {
      return SimpleVersionedStringSerializer.INSTANCE;
    }
  }
}
