package io.plumbline.drift.scan;

import io.plumbline.drift.plan.Segments;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Which segments each row of a row group is in: the empty one, and one for each segment column. */
final class RowSegments {
  private static final RowSegments WHOLE = new RowSegments(new int[0][], 1);

  private final int[][] ofRows;
  private final int size;

  private RowSegments(int[][] ofRows, int size) {
    this.ofRows = ofRows;
    this.size = size;
  }

  /** Every row in the empty segment alone. */
  static RowSegments whole() {
    return WHOLE;
  }

  static RowSegments read(Segments segments, RowGroupColumns columns) throws IOException {
    List<Segments.OfColumn> by = segments.columns();
    if (by.isEmpty()) {
      return WHOLE;
    }
    int[][] ofRows = new int[by.size()][columns.rows()];
    for (int i = 0; i < by.size(); i++) {
      read(by.get(i), columns, ofRows[i]);
    }
    return new RowSegments(ofRows, segments.size());
  }

  private static void read(Segments.OfColumn by, RowGroupColumns columns, int[] ofRow)
      throws IOException {
    String name = by.column().name();
    if (!columns.hasCategories(name)) {
      Arrays.fill(ofRow, by.ofNull());
      return;
    }
    CellBatches<TextCells> column = columns.texts(name);
    TextCells cells = column.cells();
    int[] ofEntry = new int[cells.entries()];
    for (int id = 0; id < ofEntry.length; id++) {
      ofEntry[id] = cells.entry(id) == null ? by.ofNull() : by.number(cells.entry(id));
    }
    Arrays.fill(ofRow, by.ofNull());
    while (column.next()) {
      int[] rows = column.rowsOfValues();
      int[] ids = column.coded() ? column.ids() : null;
      for (int i = 0; i < column.values(); i++) {
        if (ids != null) {
          ofRow[column.first() + rows[i]] = ofEntry[ids[i]];
        } else if (!cells.missing(i)) {
          ofRow[column.first() + rows[i]] = by.number(cells.value(i));
        }
      }
    }
  }

  /** How many segments there are in all. */
  int size() {
    return size;
  }

  /** How many segments a row is in, beside the empty one. */
  int perRow() {
    return ofRows.length;
  }

  /** The {@code i}th segment of every row, beside the empty one. */
  int[] ofRows(int i) {
    return ofRows[i];
  }

  /** The {@code i}th segment of a row, beside the empty one. */
  int of(int i, int row) {
    return ofRows[i][row];
  }
}
