package io.plumbline.parquet;

import io.plumbline.parquet.ReadableFile.Reason;
import io.plumbline.parquet.ReadableFile.Taken;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;

/** The columns of a footer, before parquet-java makes a schema of it. */
final class FooterColumns {
  private final List<SchemaElement> schema;
  private final List<Column> columns = new ArrayList<>();
  private int nextElement = 1;
  private int nextLeaf;

  /** A top-level column: its elements of the schema, and its leaves, by their numbers. */
  private record Column(
      String name, int firstElement, int endElement, int firstLeaf, int endLeaf) {}

  private FooterColumns(List<SchemaElement> schema) {
    this.schema = schema;
    for (int left = schema.get(0).getNum_children(); left > 0; left--) {
      int element = nextElement;
      int leaf = nextLeaf;
      skip();
      columns.add(new Column(schema.get(element).getName(), element, nextElement, leaf, nextLeaf));
    }
  }

  private void skip() {
    SchemaElement element = schema.get(nextElement++);
    if (element.isSetType()) {
      nextLeaf++;
    }
    for (int left = element.getNum_children(); left > 0; left--) {
      skip();
    }
  }

  /**
   * Takes from schema and row groups what cannot be read by its name: of two columns of one name
   * the second, columns of logical types that this version of the format does not have, and those
   * of the null type, unless there are no others.
   */
  static List<Taken> take(FileMetaData footer) {
    FooterColumns all = new FooterColumns(footer.getSchema());
    List<Taken> taken = new ArrayList<>();
    Set<Column> gone = new HashSet<>();
    Set<String> names = new HashSet<>();
    boolean onlyNulls = all.columns.stream().allMatch(all::ofNullType);
    for (Column column : all.columns) {
      Reason reason =
          !names.add(column.name)
              ? Reason.SECOND_OF_ITS_NAME
              : all.ofUnknownType(column)
                  ? Reason.UNKNOWN_TYPE
                  : all.ofNullType(column) && !onlyNulls ? Reason.NO_TYPE : null;
      if (reason != null) {
        taken.add(new Taken(column.name, reason));
        gone.add(column);
      }
    }
    if (!gone.isEmpty()) {
      all.remove(gone, footer);
    }
    return taken;
  }

  private void remove(Set<Column> gone, FileMetaData footer) {
    List<SchemaElement> elements = new ArrayList<>();
    elements.add(schema.get(0).setNum_children(columns.size() - gone.size()));
    List<Column> kept = columns.stream().filter(column -> !gone.contains(column)).toList();
    kept.forEach(c -> elements.addAll(schema.subList(c.firstElement, c.endElement)));
    footer.setSchema(elements);
    if (kept.isEmpty()) {
      // parquet-java takes no row group without a column.
      footer.setRow_groups(new ArrayList<>());
    }
    for (RowGroup group : footer.getRow_groups()) {
      group.setColumns(leaves(group.getColumns(), kept));
    }
    if (footer.isSetColumn_orders()) {
      footer.setColumn_orders(leaves(footer.getColumn_orders(), kept));
    }
  }

  private static <T> List<T> leaves(List<T> all, List<Column> kept) {
    List<T> some = new ArrayList<>();
    kept.forEach(column -> some.addAll(all.subList(column.firstLeaf, column.endLeaf)));
    return some;
  }

  private boolean ofUnknownType(Column column) {
    return schema.subList(column.firstElement, column.endElement).stream()
        .map(SchemaElement::getLogicalType)
        .anyMatch(type -> type != null && type.getSetField() == null);
  }

  /** Of nulls, or of a list of them. */
  private boolean ofNullType(Column column) {
    LogicalType leaf = schema.get(column.endElement - 1).getLogicalType();
    return column.endLeaf - column.firstLeaf == 1 && leaf != null && leaf.isSetUNKNOWN();
  }
}
