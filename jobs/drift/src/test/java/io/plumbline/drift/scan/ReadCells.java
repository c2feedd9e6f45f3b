package io.plumbline.drift.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.drift.plan.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads columns of a file's first row group as objects, a null where a cell is null. */
final class ReadCells {
  private ReadCells() {}

  static RowGroupColumns open(Path file) throws IOException {
    InputFiles.DataFile input = InputFiles.at(file.toString(), "--current").files().get(0);
    return RowGroupColumns.open(input, input.rowGroups().get(0));
  }

  /** {@code Double}s of a floating column, else {@code Long}s. */
  static List<Object> numbers(RowGroupColumns columns, String name) throws IOException {
    CellBatches<NumberCells> column = columns.numbers(name);
    List<Object> cells = numbers(column, columns.rows());
    assertCounted(columns.numbers(name), columns.numbers(name));
    return cells;
  }

  static List<Object> numbers(CellBatches<NumberCells> column, int rows) throws IOException {
    NumberCells numbers = column.cells();
    boolean floating = numbers.doubled();
    return read(
        column,
        rows,
        id -> floating ? (Object) numbers.doubleEntries()[id] : (Object) numbers.longEntries()[id],
        i -> floating ? (Object) numbers.doubles()[i] : (Object) numbers.longs()[i]);
  }

  static List<Object> texts(RowGroupColumns columns, String name) throws IOException {
    CellBatches<TextCells> column = columns.texts(name);
    TextCells texts = column.cells();
    List<Object> cells =
        read(
            column,
            columns.rows(),
            id -> new String(texts.entry(id), StandardCharsets.UTF_8),
            i ->
                new String(texts.bytes(), texts.start(i), texts.length(i), StandardCharsets.UTF_8));
    assertCounted(columns.texts(name), columns.texts(name));
    return cells;
  }

  private interface At {
    Object get(int i);
  }

  private static List<Object> read(CellBatches<?> column, int total, At entries, At values)
      throws IOException {
    List<Object> cells = new ArrayList<>();
    while (column.next()) {
      assertThat(column.first()).isEqualTo(cells.size());
      assertThat(column.rows()).isBetween(1, CellBatches.MOST_ROWS);
      Object[] batch = new Object[column.rows()];
      int[] rows = column.rowsOfValues();
      int[] ids = column.coded() ? column.ids() : null;
      for (int i = 0; i < column.values(); i++) {
        batch[rows[i]] = ids == null ? values.get(i) : entries.get(ids[i]);
      }
      assertThat(Arrays.stream(batch).filter(cell -> cell != null).count())
          .isEqualTo(column.values());
      cells.addAll(Arrays.asList(batch));
    }
    assertThat(cells).hasSize(total);
    return cells;
  }

  /** Counting gives what the ids give; every second batch is passed over. */
  private static void assertCounted(CellBatches<?> one, CellBatches<?> other) throws IOException {
    int[] counters = new int[one.cells().entries()];
    int[] expected = new int[counters.length];
    for (int batch = 0; one.next() && other.next(); batch++) {
      if (one.coded() && batch % 2 == 0) {
        one.count(counters);
        for (int i = 0; i < other.values(); i++) {
          expected[other.ids()[i]]++;
        }
      }
    }
    assertThat(counters).isEqualTo(expected);
  }
}
