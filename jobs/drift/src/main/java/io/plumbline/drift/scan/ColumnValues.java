package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.segment.SegmentValues;
import io.plumbline.runtime.segment.SegmentValues.ValueRows;
import io.plumbline.stats.category.CategoryCounts;
import io.plumbline.stats.category.CategoryMemory;
import java.io.IOException;
import java.util.Arrays;

/** The values of one column of a whole input. */
public final class ColumnValues {
  private ColumnValues() {}

  /** The values that most rows have, at most so many. */
  public static SegmentValues mostFrequent(InputFiles input, String column, int atMost)
      throws IOException {
    CategoryMemory memory = new CategoryMemory(Runtime.getRuntime().maxMemory() / 2, () -> {});
    CategoryCounts counts = new CategoryCounts(memory);
    for (InputFiles.DataFile file : input.files()) {
      for (InputFiles.RowGroup group : file.rowGroups()) {
        try (RowGroupColumns columns = RowGroupColumns.open(file, group)) {
          if (columns.hasCategories(column)) {
            count(columns, column, counts);
          }
        }
      }
    }
    if (memory.full()) {
      throw new BadInput(
          "%s: column %s has more distinct values than memory holds; segment by one of fewer, as a country or a device"
              .formatted(input.uri(), column));
    }
    return new SegmentValues(
        column,
        Arrays.stream(counts.mostFrequent(atMost))
            .mapToObj(entry -> new ValueRows(counts.name(entry), counts.count(entry)))
            .toList());
  }

  private static void count(RowGroupColumns columns, String name, CategoryCounts counts)
      throws IOException {
    CellBatches<TextCells> column = columns.texts(name);
    TextCells cells = column.cells();
    int[] counters = new int[cells.entries()];
    while (column.next()) {
      if (column.coded()) {
        column.count(counters);
      } else {
        for (int i = 0; i < column.values(); i++) {
          if (cells.missing(i)) {
            continue;
          }
          counts.add(cells.bytes(), cells.start(i), cells.length(i), 1);
        }
      }
    }
    for (int id = 0; id < counters.length; id++) {
      if (cells.entry(id) != null) {
        counts.add(cells.entry(id), counters[id]);
      }
    }
  }
}
