package io.plumbline.drift.scan;

import io.plumbline.runtime.profile.SampledCells;
import io.plumbline.stats.numeric.NumericDomain;
import java.util.Optional;

/** Takes the cells of the sampled rows out of one column, while it is scanned. */
abstract class CellSampler {
  private static final int NO_ROW = -1;

  private final SampledRows rows;
  private final CellConverter cell;
  final SampledCells cells = new SampledCells();
  private int taken;
  private int next;

  private CellSampler(SampledRows rows, CellConverter cell) {
    this.rows = rows;
    this.cell = cell;
    next = rows.size() == 0 ? NO_ROW : rows.get(0).number();
  }

  static CellSampler ofNumbers(SampledRows rows, NumericDomain domain) {
    CellNumber number = new CellNumber(domain);
    return new CellSampler(rows, number) {
      @Override
      void add(long hash, long place) {
        cells.add(hash, place, number.value());
      }
    };
  }

  static CellSampler ofTexts(SampledRows rows) {
    CellText text = new CellText();
    return new CellSampler(rows, text) {
      @Override
      void add(long hash, long place) {
        cells.add(hash, place, text.utf8());
      }
    };
  }

  /** Adds the cell that was read last. */
  abstract void add(long hash, long place);

  /** Whether the row is sampled; asked of all rows in turn. */
  final boolean wants(int row) {
    return row == next;
  }

  /** Takes the cell at which the column is. */
  final void take(RowGroupColumns.Column column) {
    SampledRows.Row row = advance();
    if (column.peek(cell)) {
      add(row.hash(), row.place());
    } else {
      cells.addMissing(row.hash(), row.place());
    }
  }

  /** Where there is no such column. */
  final void takeAllMissing() {
    while (next != NO_ROW) {
      SampledRows.Row row = advance();
      cells.addMissing(row.hash(), row.place());
    }
  }

  private SampledRows.Row advance() {
    SampledRows.Row row = rows.get(taken++);
    next = taken == rows.size() ? NO_ROW : rows.get(taken).number();
    return row;
  }

  /** What was taken, if rows are sampled at all. */
  final Optional<SampledCells> sample() {
    return rows.size() == 0 ? Optional.empty() : Optional.of(cells);
  }
}
