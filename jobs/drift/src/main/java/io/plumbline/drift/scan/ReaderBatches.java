package io.plumbline.drift.scan;

import java.io.IOException;

/** Batches of cells that parquet-java decodes one by one, in any encoding and type. */
final class ReaderBatches<C extends BatchCells> extends CellBatches<C> {
  private final RowGroupColumns.Column column;
  private final int[] rowsOfValues = new int[MOST_ROWS];
  private boolean held;

  ReaderBatches(C cells, int total, RowGroupColumns.Column column) {
    super(cells, total);
    this.column = column;
  }

  @Override
  Decoder decoder() {
    return Decoder.READER;
  }

  /**
   * Where a writer gave its dictionary up, ids are followed by values: the first of them is held
   * for the next batch, as a batch is of one sort.
   */
  @Override
  void fill() throws IOException {
    if (coded()) {
      cells().clearCoded();
    } else {
      cells().clearPlain();
    }
    boolean coded = false;
    int rows = 0;
    int values = 0;
    int most = Math.min(left(), MOST_ROWS);
    while (rows < most) {
      if (held || column.next()) {
        coded = values == 0 ? cells().coded() > 0 : coded;
        held = values == (coded ? cells().coded() : cells().plain());
        if (held) {
          break;
        }
        rowsOfValues[values++] = rows;
      }
      rows++;
    }
    filled(rows, values, coded);
  }

  @Override
  int[] rowsOfValues() {
    return rowsOfValues;
  }

  @Override
  int[] ids() {
    return cells().ids();
  }

  @Override
  void count(int[] counters) {
    DictionaryIds.count(ids(), values(), counters);
  }
}
