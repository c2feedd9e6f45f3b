package io.plumbline.archive.compact;

import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.FlinkOutputFile;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Parquet files whose rows are copied as they are, whatever their columns. */
final class TableFiles {
  private TableFiles() {}

  private static InputFile input(FileStatus file) {
    return new FlinkInputFile(file.getPath(), file.getLen());
  }

  /** With options of its own: Parquet's defaults parse Hadoop's XML files for each file. */
  private static ParquetFileReader open(FileStatus file) throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration()).build();
    return ParquetFileReader.open(input(file), options);
  }

  static long rows(FileStatus file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getRecordCount();
    }
  }

  static MessageType schema(FileStatus file) throws IOException {
    try (ParquetFileReader reader = open(file)) {
      return reader.getFileMetaData().getSchema();
    }
  }

  static MessageType project(FileStatus file, List<String> columns) throws IOException {
    MessageType whole = schema(file);
    List<Type> kept =
        whole.getFields().stream().filter(f -> columns.contains(f.getName())).toList();
    return new MessageType(whole.getName(), kept);
  }

  static ParquetReader<Group> read(FileStatus file, MessageType columns) throws IOException {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    return new Reader(input(file), configuration).build();
  }

  static ParquetWriter<Group> write(Path file, MessageType schema) throws IOException {
    return ExampleParquetWriter.builder(new FlinkOutputFile(file))
        .withConf(new PlainParquetConfiguration())
        .withType(schema)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
        .build();
  }

  private static final class Reader extends ParquetReader.Builder<Group> {
    Reader(InputFile file, ParquetConfiguration configuration) {
      super(file, configuration);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
