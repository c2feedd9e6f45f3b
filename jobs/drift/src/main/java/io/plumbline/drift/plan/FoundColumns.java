package io.plumbline.drift.plan;

import io.plumbline.drift.plan.InputFiles.InputColumn;
import io.plumbline.parquet.ReadableFile.Taken;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;

/** The columns of an input, put together from the footers of its files. */
final class FoundColumns {
  private static final ColumnType NO_TYPE = ColumnType.of(ColumnType.Kind.NONE, "null");
  private static final ColumnType UNKNOWN =
      ColumnType.of(ColumnType.Kind.OTHER, "a logical type that is not known");

  private final Map<String, InputColumn> columns = new LinkedHashMap<>();

  /**
   * Adds those of a file.
   *
   * @param taken the columns that its footer has no more
   * @param partitions the columns that the names of its folders give; those of the footer go before
   */
  void add(String file, ParquetMetadata footer, List<Taken> taken, Map<String, String> partitions) {
    Map<String, List<ColumnChunkMetaData>> chunks = new LinkedHashMap<>();
    for (BlockMetaData group : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        chunks.computeIfAbsent(chunk.getPath().toArray()[0], c -> new ArrayList<>()).add(chunk);
      }
    }
    Set<String> index = PandasIndex.of(footer.getFileMetaData().getKeyValueMetaData());
    for (Type field : footer.getFileMetaData().getSchema().getFields()) {
      ColumnType type = ColumnTypes.of(field);
      List<ColumnChunkMetaData> ofColumn = chunks.getOrDefault(field.getName(), List.of());
      boolean values = ofColumn.stream().anyMatch(ChunkFacts::mayHaveValues);
      BigInteger greatest =
          field.isPrimitive()
              ? ChunkFacts.greatest(field.asPrimitiveType(), ofColumn)
              : BigInteger.ZERO;
      add(
          new InputColumn(
              field.getName(),
              type,
              file,
              values ? List.of(new FoundType(type, file, greatest)) : List.of(),
              null,
              index.contains(field.getName()) ? ColumnOrigin.INDEX : ColumnOrigin.FILES));
    }
    for (Taken column : taken) {
      add(
          switch (column.reason()) {
            case NO_TYPE -> withoutType(column.column(), file, null);
            case UNKNOWN_TYPE -> new InputColumn(column.column(), UNKNOWN, file);
            case SECOND_OF_ITS_NAME -> withoutType(column.column(), file, file);
          });
    }
    partitions.forEach(
        (name, value) -> {
          if (!footer.getFileMetaData().getSchema().containsField(name)) {
            add(ofFolder(name, value, file));
          }
        });
  }

  private static InputColumn withoutType(String name, String file, String secondIn) {
    return new InputColumn(name, NO_TYPE, file, List.of(), secondIn, ColumnOrigin.FILES);
  }

  private static InputColumn ofFolder(String name, String value, String file) {
    FoundType text = new FoundType(FolderColumns.TEXT, file, BigInteger.ZERO);
    return new InputColumn(
        name,
        FolderColumns.TEXT,
        file,
        value == null ? List.of() : List.of(text),
        null,
        ColumnOrigin.FOLDERS);
  }

  private void add(InputColumn column) {
    columns.merge(column.name(), column, FoundColumns::joined);
  }

  /** A column of two inputs or files: values decide over what has none. */
  static InputColumn joined(InputColumn one, InputColumn other) {
    List<FoundType> found = new ArrayList<>(one.found());
    other.found().forEach(more -> add(found, more));
    boolean typed = one.type().kind() != ColumnType.Kind.NONE;
    ColumnType declared = typed ? one.type() : other.type();
    return new InputColumn(
        one.name(),
        CommonType.of(found).orElseGet(() -> found.isEmpty() ? declared : found.get(0).type()),
        one.firstFile(),
        List.copyOf(found),
        one.secondIn() == null ? other.secondIn() : one.secondIn(),
        one.origin().and(other.origin()));
  }

  /** Adds a type to those that are found already. */
  static void add(List<FoundType> found, FoundType more) {
    for (int i = 0; i < found.size(); i++) {
      if (found.get(i).type().equals(more.type())) {
        found.set(i, found.get(i).and(more));
        return;
      }
    }
    found.add(more);
  }

  Map<String, InputColumn> byName() {
    return columns;
  }
}
