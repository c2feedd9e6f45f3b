package io.plumbline.drift.scan;

import java.io.IOException;

/**
 * The cells of a flat column in batches: one object that {@link #next} fills anew, so that nothing
 * is allocated, boxed or called for each cell. What a reader does not ask for (which rows the
 * values are in, the ids of a dictionary) is not computed.
 */
abstract class CellBatches<C extends BatchCells> {
  /** Rows of a batch at most: its arrays stay in a core's cache. */
  static final int MOST_ROWS = 8192;

  /** What turns bytes into cells. */
  enum Decoder {
    /** Our own, a page at a time: what nearly all files are written in. */
    PAGES,
    /** parquet-java's, a cell at a time: everything else. */
    READER,
    /** None: the cells are in the name of a folder. */
    FOLDER
  }

  private final C cells;
  private final int total;
  private int first;
  private int rows;
  private int values;
  private boolean coded;

  /**
   * @param cells what is filled
   * @param total rows of the column
   */
  CellBatches(C cells, int total) {
    this.cells = cells;
    this.total = total;
  }

  abstract Decoder decoder();

  /** Fills the next batch; false: there are no more rows. */
  final boolean next() throws IOException {
    first += rows;
    rows = 0;
    if (first == total) {
      return false;
    }
    fill();
    return true;
  }

  /** Calls {@link #filled} with at least one row, at most {@link #MOST_ROWS}. */
  abstract void fill() throws IOException;

  final void filled(int newRows, int newValues, boolean newCoded) {
    rows = newRows;
    values = newValues;
    coded = newCoded;
  }

  /** The rows of the column from this batch on. */
  final int left() {
    return total - first;
  }

  /** The values of the batch if it is not {@link #coded}, and the entries of the dictionary. */
  final C cells() {
    return cells;
  }

  /** The number in the row group of the first row. */
  final int first() {
    return first;
  }

  final int rows() {
    return rows;
  }

  /** Rows that are not null. */
  final int values() {
    return values;
  }

  /** Whether the values are ids of the dictionary, whose entries {@link #cells} has. */
  final boolean coded() {
    return coded;
  }

  /** The row within the batch of each value, ascending. Not to be written to. */
  abstract int[] rowsOfValues();

  /** The id of each value of a coded batch; to be asked for before {@link #count}. */
  abstract int[] ids() throws IOException;

  /** Adds to each id's counter how often it stands in a coded batch. */
  abstract void count(int[] counters) throws IOException;
}
