package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import java.io.EOFException;
import java.io.IOException;
import org.apache.parquet.column.Dictionary;

/**
 * The values of a batch in arrays, and the entries of the column's dictionary. Filled from a whole
 * page, or cell by cell where parquet-java decodes.
 */
abstract class BatchCells extends CellConverter {
  private final int[] ids = new int[CellBatches.MOST_ROWS];
  private int coded;
  private int entries;

  /** How many cells came as values. */
  private int plain;

  /** Whether {@link #plain} can read the column's type. */
  abstract boolean pageable();

  /**
   * Takes the next values of a page in PLAIN encoding.
   *
   * @return where the values after them begin
   */
  abstract int plain(byte[] page, int from, int to, int count) throws IOException;

  /** Where {@code count} values of a fixed width end. */
  static int end(int from, int to, int count, int width) throws EOFException {
    if ((long) count * width > to - from) {
      throw new EOFException(
          "a page ends after %s of %s values".formatted((to - from) / width, count));
    }
    return from + count * width;
  }

  /** The number of entries of the dictionary, 0 if the column has none. */
  final int entries() {
    return entries;
  }

  @Override
  public final void setDictionary(Dictionary dictionary) {
    entries = dictionary.getMaxId() + 1;
    decode(dictionary);
  }

  /** Takes over the entries. */
  abstract void decode(Dictionary dictionary);

  @Override
  public final void addValueFromDictionary(int id) {
    ids[coded++] = checked(id, entries);
  }

  /** The ids that came cell by cell. */
  final int[] ids() {
    return ids;
  }

  /** How many cells came as ids. */
  final int coded() {
    return coded;
  }

  final void clearCoded() {
    coded = 0;
  }

  /** How many cells came as values. */
  final int plain() {
    return plain;
  }

  /** The place of the next cell that comes as a value. */
  final int nextPlain() {
    return plain++;
  }

  void clearPlain() {
    plain = 0;
  }

  /** Adds a value of a batch that is not coded to the sample. */
  abstract void sampleValue(int i, SampledRows.Row row, SampledCells sample);

  /** Adds an entry of the dictionary to the sample. */
  abstract void sampleEntry(int id, SampledRows.Row row, SampledCells sample);
}
