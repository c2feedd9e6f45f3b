package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ChunkFacts;
import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.ColumnTypes;
import io.plumbline.drift.plan.InputFiles;
import io.plumbline.parquet.DamagedFile;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import org.apache.parquet.ParquetRuntimeException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of one row group, each loaded and decoded by itself; a column that the file does not
 * have may be in the names of its folders.
 */
final class RowGroupColumns implements AutoCloseable {
  private final ParquetFileReader reader;
  private final InputFiles.DataFile file;
  private final InputFiles.RowGroup group;
  private final MessageType schema;
  private final String createdBy;
  private long bytesRead;

  private RowGroupColumns(
      ParquetFileReader reader, InputFiles.DataFile file, InputFiles.RowGroup group) {
    this.reader = reader;
    this.file = file;
    this.group = group;
    schema = reader.getFileMetaData().getSchema();
    createdBy = reader.getFileMetaData().getCreatedBy();
  }

  static RowGroupColumns open(InputFiles.DataFile file, InputFiles.RowGroup group)
      throws IOException {
    return of(file.open(), file, group);
  }

  /** Those of a file that is open already, and may serve others too: then these are not closed. */
  static RowGroupColumns of(
      ParquetFileReader reader, InputFiles.DataFile file, InputFiles.RowGroup group) {
    return new RowGroupColumns(reader, file, group);
  }

  /** Rows of the row group; an array of them must fit. */
  int rows() {
    return Math.toIntExact(group.rows());
  }

  /** Compressed bytes of the columns opened so far. */
  long bytesRead() {
    return bytesRead;
  }

  /**
   * Whether there are values in the column. One without is of no type, so that nothing may be read
   * of it.
   */
  boolean has(String column) {
    if (group.rows() == 0) {
      return false;
    }
    return stores(column)
        ? ChunkFacts.mayHaveValues(reader.getRowGroups().get(group.index()), column)
        : folder(column) != null;
  }

  /** Whether there are values that each have a name of their own. */
  boolean hasNames(String column) {
    return has(column) && (!stores(column) || ColumnTypes.of(schema.getType(column)).nameable());
  }

  /** Whether there are values that are categories, or segments. */
  boolean hasCategories(String column) {
    return has(column) && (!stores(column) || ColumnTypes.of(schema.getType(column)).categorical());
  }

  private boolean stores(String column) {
    return schema.containsField(column);
  }

  /** The value that a folder's name gives to all rows; null: there is none. */
  private String folder(String column) {
    return file.partitions().get(column);
  }

  /**
   * The cells of a column of numbers, as numbers of a type that have keys.
   *
   * @param column with a single leaf, no list
   */
  CellBatches<NumberCells> numbers(String column, ColumnType target) throws IOException {
    NumberCells cells = new NumberCells(target);
    return stores(column)
        ? batches(column, cells)
        : FolderBatches.number(cells, rows(), folder(column));
  }

  /** The cells of a column of numbers, as those of its own type. */
  CellBatches<NumberCells> numbers(String column) throws IOException {
    MessageType only = new MessageType(schema.getName(), schema.getType(column));
    return numbers(column, ColumnTypes.of(only.getColumns().get(0).getPrimitiveType()));
  }

  /**
   * The cells of a column of numbers as texts that tell them apart exactly.
   *
   * @param column with a single leaf, no list
   */
  CellBatches<TextCells> digits(String column, ColumnType target) throws IOException {
    TextCells cells = new TextCells(new NumberText.Exact(target));
    return stores(column)
        ? batches(column, cells)
        : FolderBatches.number(cells, rows(), folder(column));
  }

  /**
   * The cells of a column of strings, numbers, truth values or times as names.
   *
   * @param column with a single leaf, no list
   */
  CellBatches<TextCells> texts(String column) throws IOException {
    TextCells cells = new TextCells(new NumberText.Name());
    return stores(column)
        ? batches(column, cells)
        : FolderBatches.text(cells, rows(), folder(column));
  }

  /**
   * The same as categories, which in a column of numbers are numbers in the names of folders too:
   * there 01 is 1.
   */
  CellBatches<TextCells> categories(String column, ColumnType target) throws IOException {
    return stores(column) || !target.numeric()
        ? texts(column)
        : FolderBatches.number(new TextCells(new NumberText.Name()), rows(), folder(column));
  }

  private <C extends BatchCells> CellBatches<C> batches(String column, C cells) throws IOException {
    Chunk chunk = load(column);
    if (chunk.leaf.getMaxRepetitionLevel() > 0) {
      throw new IllegalArgumentException("%s is a list".formatted(column));
    }
    cells.begin(chunk.leaf.getPrimitiveType());
    return PageBatches.reads(cells, chunk.leaf, chunk.encodings)
        ? new PageBatches<>(cells, rows(), chunk.leaf, chunk.pageReader())
        : new ReaderBatches<>(cells, rows(), chunk.read(cells));
  }

  /**
   * Loads a column, whose cells then go to the converter as {@link Column#next} is called.
   *
   * @param column with a single leaf
   */
  Column open(String column, CellConverter cells) throws IOException {
    Chunk chunk = load(column);
    cells.begin(chunk.leaf.getPrimitiveType());
    return chunk.read(cells);
  }

  private Chunk load(String column) throws IOException {
    MessageType only = new MessageType(schema.getName(), schema.getType(column));
    ColumnDescriptor leaf = only.getColumns().get(0);
    reader.setRequestedSchema(only);
    Set<Encoding> encodings = EnumSet.noneOf(Encoding.class);
    for (var chunk : reader.getRowGroups().get(group.index()).getColumns()) {
      if (chunk.getPath().toArray()[0].equals(column)) {
        bytesRead += chunk.getTotalSize();
        encodings.addAll(chunk.getEncodings());
      }
    }
    PageReadStore pages = DamagedFile.unlessWhole(() -> reader.readRowGroup(group.index()));
    return new Chunk(only, leaf, encodings, pages, createdBy);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  /**
   * A loaded column.
   *
   * @param only the schema with this column alone
   * @param encodings all that the footer names
   * @param pages compressed still
   */
  private record Chunk(
      MessageType only,
      ColumnDescriptor leaf,
      Set<Encoding> encodings,
      PageReadStore pages,
      String createdBy) {

    PageReader pageReader() throws IOException {
      return DamagedFile.unlessWhole(() -> pages.getPageReader(leaf));
    }

    Column read(CellConverter cells) throws IOException {
      PathTo path = new PathTo(cells, leaf.getPath().length);
      ColumnReadStoreImpl store = new ColumnReadStoreImpl(pages, path, only, createdBy);
      return new Column(DamagedFile.unlessWhole(() -> store.getColumnReader(leaf)), leaf);
    }
  }

  /** One column's cells in order. */
  static final class Column {
    private final ColumnReader reader;
    private final int maxDefinition;
    private final int maxRepetition;
    private final boolean nullableLeaf;

    Column(ColumnReader reader, ColumnDescriptor leaf) {
      this.reader = reader;
      maxDefinition = leaf.getMaxDefinitionLevel();
      maxRepetition = leaf.getMaxRepetitionLevel();
      nullableLeaf = leaf.getPrimitiveType().isRepetition(Type.Repetition.OPTIONAL);
    }

    /** Hands the cell to the converter, if there is one, and moves on; false: it was null. */
    boolean next() throws DamagedFile {
      boolean defined = reader.getCurrentDefinitionLevel() == maxDefinition;
      if (defined) {
        try {
          reader.writeCurrentValueToConverter();
        } catch (ParquetRuntimeException e) {
          // Anything else comes from the converter, which is ours.
          throw new DamagedFile(e);
        }
      }
      try {
        reader.consume();
      } catch (RuntimeException e) {
        throw new DamagedFile(e);
      }
      return defined;
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
