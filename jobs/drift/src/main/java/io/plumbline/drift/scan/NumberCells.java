package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** Numbers: doubles of a {@link #floating} column, else integers or a decimal's unscaled values. */
final class NumberCells extends BatchCells {
  private final double[] doubles = new double[CellBatches.MOST_ROWS];
  private final long[] longs = new long[CellBatches.MOST_ROWS];
  private final float[] floats = new float[CellBatches.MOST_ROWS];
  private final int[] ints = new int[CellBatches.MOST_ROWS];
  private double[] doubleEntries = {};
  private long[] longEntries = {};

  /** The values of a batch that is not coded, if the column is floating. */
  double[] doubles() {
    return doubles;
  }

  /** The values of a batch that is not coded, if the column is not floating. */
  long[] longs() {
    return longs;
  }

  /** The dictionary's entries by id, if the column is floating. */
  double[] doubleEntries() {
    return doubleEntries;
  }

  /** The dictionary's entries by id, if the column is not floating. */
  long[] longEntries() {
    return longEntries;
  }

  /** A value of a batch that is not coded, as the nearest double. */
  double value(int i) {
    return floating() ? doubles[i] : domain().toDouble(longs[i]);
  }

  /** The entry of an id, as the nearest double. */
  double entry(int id) {
    return floating() ? doubleEntries[id] : domain().toDouble(longEntries[id]);
  }

  /** Puts the entries of ids in the place of the values. */
  void decode(int[] ids, int count) {
    for (int i = 0; i < count; i++) {
      if (floating()) {
        doubles[i] = doubleEntries[ids[i]];
      } else {
        longs[i] = longEntries[ids[i]];
      }
    }
  }

  @Override
  boolean pageable() {
    return floating()
        || switch (physical()) {
          case INT32, INT64 -> !wide();
          default -> false;
        };
  }

  @Override
  int plain(byte[] page, int from, int to, int count) throws IOException {
    int end = end(from, to, count, width());
    ByteBuffer bytes = ByteBuffer.wrap(page, from, end - from).order(ByteOrder.LITTLE_ENDIAN);
    switch (physical()) {
      case DOUBLE -> bytes.asDoubleBuffer().get(doubles, 0, count);
      case INT64 -> bytes.asLongBuffer().get(longs, 0, count);
      case FLOAT -> {
        bytes.asFloatBuffer().get(floats, 0, count);
        for (int i = 0; i < count; i++) {
          doubles[i] = floats[i];
        }
      }
      case INT32 -> {
        bytes.asIntBuffer().get(ints, 0, count);
        for (int i = 0; i < count; i++) {
          longs[i] = integer(ints[i]);
        }
      }
      default -> throw new IllegalStateException("no page of " + physical());
    }
    return end;
  }

  @Override
  void decode(Dictionary dictionary) {
    if (floating()) {
      doubleEntries = doubles(dictionary);
    } else {
      longEntries = longs(dictionary);
    }
  }

  @Override
  void sampleValue(int i, SampledRows.Row row, SampledCells sample) {
    sample.add(row.hash(), row.place(), value(i));
  }

  @Override
  void sampleEntry(int id, SampledRows.Row row, SampledCells sample) {
    sample.add(row.hash(), row.place(), entry(id));
  }

  @Override
  void onDouble(double value) {
    doubles[nextPlain()] = value;
  }

  @Override
  void onLong(long value) {
    longs[nextPlain()] = value;
  }

  @Override
  void onBytes(Binary value) {
    throw new IllegalStateException("expected numbers, found bytes");
  }

  @Override
  void onBoolean(boolean value) {
    throw new IllegalStateException("expected numbers, found booleans");
  }
}
