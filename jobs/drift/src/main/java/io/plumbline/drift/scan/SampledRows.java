package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import io.plumbline.profile.SampledRow;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Which rows of a row group can be in the sample: those of the lowest hashes. */
final class SampledRows {
  private static final SampledRows NONE = new SampledRows(new Row[0]);

  private static final Comparator<Row> ORDER =
      (one, two) -> SampledRow.compare(one.hash, one.place, two.hash, two.place);

  /** A row, by its number in the row group. */
  record Row(int number, long hash, long place) {}

  private final Row[] rows;

  private SampledRows(Row[] rows) {
    this.rows = rows;
  }

  static SampledRows none() {
    return NONE;
  }

  static SampledRows of(RowHashes hashes, int rows) {
    PriorityQueue<Row> lowest = new PriorityQueue<>(ORDER.reversed());
    for (int row = 0; row < rows; row++) {
      long hash = hashes.of(row);
      if (lowest.size() < SampledCells.ROWS) {
        lowest.add(new Row(row, hash, hashes.place(row)));
      } else if (Long.compareUnsigned(hash, lowest.element().hash) <= 0) {
        lowest.add(new Row(row, hash, hashes.place(row)));
        lowest.remove();
      }
    }
    Row[] sampled = lowest.toArray(Row[]::new);
    Arrays.sort(sampled, Comparator.comparingInt(Row::number));
    return new SampledRows(sampled);
  }

  int size() {
    return rows.length;
  }

  /** In the order of the row group. */
  Row get(int i) {
    return rows[i];
  }
}
