package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import java.io.IOException;
import java.util.Arrays;

/** Takes the cells of the sampled rows out of one column, while it is scanned. */
final class CellSampler {
  private final SampledRows rows;
  private final SampledCells cells = new SampledCells();
  private int taken;

  CellSampler(SampledRows rows) {
    this.rows = rows;
  }

  /** Takes what a batch has of the sampled rows; asked of all batches in turn. */
  void take(CellBatches<?> batch) throws IOException {
    int end = batch.first() + batch.rows();
    if (!wantsBelow(end)) {
      return;
    }
    int[] rowsOfValues = batch.rowsOfValues();
    int[] ids = batch.coded() ? batch.ids() : null;
    for (; wantsBelow(end); taken++) {
      SampledRows.Row row = rows.get(taken);
      int value =
          Arrays.binarySearch(rowsOfValues, 0, batch.values(), row.number() - batch.first());
      if (value < 0) {
        cells.addMissing(row.hash(), row.place());
      } else if (ids == null) {
        batch.cells().sampleValue(value, row, cells);
      } else {
        batch.cells().sampleEntry(ids[value], row, cells);
      }
    }
  }

  private boolean wantsBelow(int row) {
    return taken < rows.size() && rows.get(taken).number() < row;
  }

  /** Where there is no such column. */
  void takeAllMissing() {
    for (; taken < rows.size(); taken++) {
      cells.addMissing(rows.get(taken).hash(), rows.get(taken).place());
    }
  }

  /** Hands on what was taken, if rows are sampled at all. */
  void giveTo(FeatureSummaries out) throws IOException {
    if (rows.size() > 0) {
      out.sampled(cells);
    }
  }
}
