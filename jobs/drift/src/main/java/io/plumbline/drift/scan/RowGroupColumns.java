package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.runtime.parquet.FlinkInputFile;
import java.io.IOException;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/** The columns of one row group, each loaded and decoded by itself. */
final class RowGroupColumns implements AutoCloseable {
  private final ParquetFileReader reader;
  private final InputFiles.RowGroup group;
  private final MessageType schema;
  private final String createdBy;
  private long bytesRead;

  private RowGroupColumns(ParquetFileReader reader, InputFiles.RowGroup group) {
    this.reader = reader;
    this.group = group;
    schema = reader.getFileMetaData().getSchema();
    createdBy = reader.getFileMetaData().getCreatedBy();
  }

  static RowGroupColumns open(InputFiles.DataFile file, InputFiles.RowGroup group)
      throws IOException {
    FlinkInputFile input = new FlinkInputFile(new Path(file.path()), file.length());
    return of(ParquetFileReader.open(input, InputFiles.readOptions()), group);
  }

  /** Those of an open file, which closing them closes too. */
  static RowGroupColumns of(ParquetFileReader reader, InputFiles.RowGroup group) {
    return new RowGroupColumns(reader, group);
  }

  /** Rows of the row group; an array of them must fit. */
  int rows() {
    return Math.toIntExact(group.rows());
  }

  /** Compressed bytes of the columns opened so far. */
  long bytesRead() {
    return bytesRead;
  }

  boolean has(String column) {
    return schema.containsField(column);
  }

  /**
   * Loads a column, whose cells then go to the converter as {@link Column#next} is called.
   *
   * @param column with a single leaf
   */
  Column open(String column, CellConverter cells) throws IOException {
    MessageType only = new MessageType(schema.getName(), schema.getType(column));
    ColumnDescriptor leaf = only.getColumns().get(0);
    cells.begin(leaf.getPrimitiveType());
    reader.setRequestedSchema(only);
    for (var chunk : reader.getRowGroups().get(group.index()).getColumns()) {
      if (chunk.getPath().toArray()[0].equals(column)) {
        bytesRead += chunk.getTotalSize();
      }
    }
    PageReadStore pages = reader.readRowGroup(group.index());
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(pages, new PathTo(cells, leaf.getPath().length), only, createdBy);
    return new Column(store.getColumnReader(leaf), leaf);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /** One column's cells in order. */
  static final class Column {
    private final ColumnReader reader;
    private final PrimitiveType type;
    private final int maxDefinition;
    private final int maxRepetition;
    private final boolean nullableLeaf;

    Column(ColumnReader reader, ColumnDescriptor leaf) {
      this.reader = reader;
      type = leaf.getPrimitiveType();
      maxDefinition = leaf.getMaxDefinitionLevel();
      maxRepetition = leaf.getMaxRepetitionLevel();
      nullableLeaf = type.isRepetition(Type.Repetition.OPTIONAL);
    }

    /** Hands the cell to the converter, if there is one, and moves on; false: it was null. */
    boolean next() {
      boolean defined = reader.getCurrentDefinitionLevel() == maxDefinition;
      if (defined) {
        reader.writeCurrentValueToConverter();
      }
      reader.consume();
      return defined;
    }

    /** Hands the cell to another converter too, without moving on; false: it is null. */
    boolean peek(CellConverter other) {
      if (reader.getCurrentDefinitionLevel() != maxDefinition) {
        return false;
      }
      other.begin(type);
      switch (type.getPrimitiveTypeName()) {
        case INT32 -> other.addInt(reader.getInteger());
        case INT64 -> other.addLong(reader.getLong());
        case FLOAT -> other.addFloat(reader.getFloat());
        case DOUBLE -> other.addDouble(reader.getDouble());
        case BOOLEAN -> other.addBoolean(reader.getBoolean());
        case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> other.addBinary(reader.getBinary());
      }
      return true;
    }

    /** Whether the next cell continues the list of the row before. */
    boolean continuesRow() {
      return maxRepetition > 0 && reader.getCurrentRepetitionLevel() > 0;
    }

    /** Whether the next cell is a null in a list, rather than a list that is null or empty. */
    boolean atNullElement() {
      return nullableLeaf && reader.getCurrentDefinitionLevel() == maxDefinition - 1;
    }
  }

  /** The converters on the way down to the single leaf. */
  private static final class PathTo extends GroupConverter {
    private final Converter next;

    PathTo(CellConverter leaf, int depth) {
      next = depth == 1 ? leaf : new PathTo(leaf, depth - 1);
    }

    @Override
    public Converter getConverter(int field) {
      return next;
    }

    @Override
    public void start() {}

    @Override
    public void end() {}
  }
}
