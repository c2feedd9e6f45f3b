package io.plumbline.drift.scan;

import io.plumbline.drift.plan.InputFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A hash of each row, by which samples choose: of its id where there is an id column, else of its
 * place (file name relative to the input, row in the file). So the sample depends on neither order
 * nor parallelism. Beside it a hash of the place in the whole input, which tells rows of equal ids
 * apart, and rows of inputs whose files are named alike.
 */
final class RowHashes {
  private final long[] ofIds;
  private final long ofInput;
  private final long ofFile;
  private final long firstRow;

  private RowHashes(long[] ofIds, long ofInput, long ofFile, long firstRow) {
    this.ofIds = ofIds;
    this.ofInput = ofInput;
    this.ofFile = ofFile;
    this.firstRow = firstRow;
  }

  /**
   * @param idColumn null if there is none
   */
  static RowHashes of(
      String idColumn,
      InputFiles input,
      InputFiles.DataFile file,
      InputFiles.RowGroup group,
      RowGroupColumns columns)
      throws IOException {
    long ofInput = hash(input.checksum().getBytes(StandardCharsets.UTF_8));
    long ofFile = hash(file.relativeName().getBytes(StandardCharsets.UTF_8));
    RowHashes places = new RowHashes(null, ofInput, ofFile, group.firstRow());
    if (idColumn == null || !columns.hasNames(idColumn)) {
      return places;
    }
    long[] ofIds = new long[columns.rows()];
    for (int row = 0; row < ofIds.length; row++) {
      ofIds[row] = places.of(row);
    }
    CellBatches<TextCells> column = columns.texts(idColumn);
    TextCells cells = column.cells();
    long[] ofEntries = new long[cells.entries()];
    for (int id = 0; id < ofEntries.length; id++) {
      byte[] entry = cells.entry(id);
      ofEntries[id] = entry == null ? 0 : hash(entry);
    }
    while (column.next()) {
      int[] rows = column.rowsOfValues();
      int[] ids = column.coded() ? column.ids() : null;
      for (int i = 0; i < column.values(); i++) {
        int row = column.first() + rows[i];
        if (ids == null ? cells.missing(i) : cells.entry(ids[i]) == null) {
          continue;
        }
        ofIds[row] =
            ids == null ? hash(cells.bytes(), cells.start(i), cells.length(i)) : ofEntries[ids[i]];
      }
    }
    return new RowHashes(ofIds, ofInput, ofFile, group.firstRow());
  }

  private static long hash(byte[] bytes) {
    return hash(bytes, 0, bytes.length);
  }

  private static long hash(byte[] bytes, int start, int length) {
    return MurmurHash3.hash128x64(bytes, start, length, 0)[0];
  }

  long of(int row) {
    return ofIds != null ? ofIds[row] : mix(ofFile ^ (firstRow + row));
  }

  /** Of the row's place alone. */
  long place(int row) {
    return mix(ofInput ^ mix(ofFile ^ (firstRow + row)));
  }

  /** The finaliser of MurmurHash3: neighbouring rows get unrelated hashes. */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
