package io.plumbline.parquet;

import io.plumbline.parquet.TableSchema.Column;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Writes rows of a table to one Parquet file.
 *
 * @param <R> the record of a row
 */
public final class TableWriter<R extends Record> implements AutoCloseable {
  /**
   * What compresses the pages begins with a buffer of so many bytes, and makes it larger when it
   * has to. Parquet's own begins with a whole page, 1 MiB, for files of a few rows too.
   */
  private static final int FIRST_COMPRESSED_BYTES = 1 << 14;

  private final ParquetWriter<R> writer;

  private TableWriter(ParquetWriter<R> writer) {
    this.writer = writer;
  }

  /** Creates the file, or empties it. */
  public static <R extends Record> TableWriter<R> create(OutputFile file, TableSchema<R> schema)
      throws IOException {
    return create(file, schema, Map::of, WriterVersion.PARQUET_1_0);
  }

  /**
   * Creates the file, or empties it.
   *
   * @param metadata texts in the file's footer, by key: asked for when the file is closed
   * @param version of the encodings; that of tables is the first, which every reader knows
   */
  public static <R extends Record> TableWriter<R> create(
      OutputFile file,
      TableSchema<R> schema,
      Supplier<Map<String, String>> metadata,
      WriterVersion version)
      throws IOException {
    ParquetConfiguration options = new PlainParquetConfiguration();
    return new TableWriter<>(
        new Builder<>(file, schema, metadata)
            .withWriterVersion(version)
            .withConf(options)
            .withCodecFactory(new CodecFactory(options, FIRST_COMPRESSED_BYTES))
            .withCompressionCodec(CompressionCodecName.ZSTD)
            .withWriteMode(org.apache.parquet.hadoop.ParquetFileWriter.Mode.OVERWRITE)
            .build());
  }

  public void write(R row) throws IOException {
    writer.write(row);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }

  private static final class Builder<R extends Record>
      extends ParquetWriter.Builder<R, Builder<R>> {
    private final TableSchema<R> schema;
    private final Supplier<Map<String, String>> metadata;

    Builder(OutputFile file, TableSchema<R> schema, Supplier<Map<String, String>> metadata) {
      super(file);
      this.schema = schema;
      this.metadata = metadata;
    }

    @Override
    protected Builder<R> self() {
      return this;
    }

    @Override
    @Deprecated // abstract in the parent still, though the other is called
    protected WriteSupport<R> getWriteSupport(Configuration conf) {
      return new Rows<>(schema, metadata);
    }

    @Override
    protected WriteSupport<R> getWriteSupport(ParquetConfiguration conf) {
      return new Rows<>(schema, metadata);
    }
  }

  private static final class Rows<R extends Record> extends WriteSupport<R> {
    private final TableSchema<R> schema;
    private final Supplier<Map<String, String>> metadata;
    private RecordConsumer out;

    Rows(TableSchema<R> schema, Supplier<Map<String, String>> metadata) {
      this.schema = schema;
      this.metadata = metadata;
    }

    @Override
    @Deprecated // abstract in the parent still, though the other is called
    public WriteContext init(Configuration configuration) {
      return new WriteContext(schema.parquet(), Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(schema.parquet(), Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      out = recordConsumer;
    }

    @Override
    public FinalizedWriteContext finalizeWrite() {
      return new FinalizedWriteContext(metadata.get());
    }

    @Override
    public void write(R row) {
      out.startMessage();
      fields(row, schema.columns());
      out.endMessage();
    }

    private void fields(Object row, List<Column> columns) {
      for (int i = 0; i < columns.size(); i++) {
        Column column = columns.get(i);
        field(column.name(), i, read(column, row), column.type());
      }
    }

    private static Object read(Column column, Object row) {
      try {
        return column.read().invoke(row);
      } catch (Throwable e) {
        throw new IllegalStateException("the accessor of a record failed: " + column.name(), e);
      }
    }

    private void field(String name, int index, Object value, Type type) {
      if (value != null) {
        out.startField(name, index);
        value(value, type);
        out.endField(name, index);
      }
    }

    private void value(Object value, Type type) {
      if (value instanceof Map<?, ?> map) {
        Type[] arguments = ((ParameterizedType) type).getActualTypeArguments();
        out.startGroup();
        if (!map.isEmpty()) {
          out.startField("key_value", 0);
          map.forEach((key, element) -> entry(key, element, arguments));
          out.endField("key_value", 0);
        }
        out.endGroup();
      } else if (value instanceof List<?> list) {
        Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
        out.startGroup();
        if (!list.isEmpty()) {
          out.startField("list", 0);
          list.forEach(item -> element(item, element));
          out.endField("list", 0);
        }
        out.endGroup();
      } else if (value instanceof long[] numbers) {
        array(numbers.length, i -> out.addLong(numbers[i]));
      } else if (value instanceof double[] numbers) {
        array(numbers.length, i -> out.addDouble(numbers[i]));
      } else if (value instanceof Record row) {
        out.startGroup();
        fields(row, TableSchema.columns(row.getClass()));
        out.endGroup();
      } else {
        primitive(value);
      }
    }

    private void array(int length, IntConsumer write) {
      out.startGroup();
      if (length > 0) {
        out.startField("list", 0);
        for (int i = 0; i < length; i++) {
          out.startGroup();
          out.startField("element", 0);
          write.accept(i);
          out.endField("element", 0);
          out.endGroup();
        }
        out.endField("list", 0);
      }
      out.endGroup();
    }

    private void entry(Object key, Object value, Type[] types) {
      out.startGroup();
      field("key", 0, key, types[0]);
      field("value", 1, value, types[1]);
      out.endGroup();
    }

    private void element(Object item, Type type) {
      out.startGroup();
      field("element", 0, item, type);
      out.endGroup();
    }

    private void primitive(Object value) {
      if (value instanceof String text) {
        out.addBinary(Binary.fromString(text));
      } else if (value instanceof Double number) {
        out.addDouble(number);
      } else if (value instanceof Long number) {
        out.addLong(number);
      } else if (value instanceof Boolean flag) {
        out.addBoolean(flag);
      } else if (value instanceof byte[] bytes) {
        out.addBinary(Binary.fromConstantByteArray(bytes));
      } else if (value instanceof Instant time) {
        out.addLong(time.toEpochMilli());
      } else {
        throw new IllegalStateException("no column type for " + value.getClass());
      }
    }
  }
}
