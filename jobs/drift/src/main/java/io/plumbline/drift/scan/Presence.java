package io.plumbline.drift.scan;

import java.io.IOException;
import java.util.Arrays;

/**
 * Which rows of a page have a value, from definition levels of 0 and 1: a bit each, counted by the
 * word. The rows' numbers are made of them only if they are asked for.
 */
final class Presence {
  private static final int[] EVERY_ROW = everyRow();

  /** As many bits as there are at hand from any bit of a byte on. */
  private static final int BITS_AT_ONCE = 57;

  private final HybridRuns levels = new HybridRuns();
  private final long[] bits = new long[CellBatches.MOST_ROWS / Long.SIZE];
  private final int[] rowsOfValues = new int[CellBatches.MOST_ROWS];
  private boolean required;
  private int rows;
  private int values;

  private static int[] everyRow() {
    int[] rows = new int[CellBatches.MOST_ROWS];
    for (int row = 0; row < rows.length; row++) {
      rows[row] = row;
    }
    return rows;
  }

  /** From here on every row has a value. */
  void beginRequired() {
    required = true;
  }

  /** From here on reads the levels in a part of a page. */
  void begin(byte[] page, int from, int to) throws IOException {
    required = false;
    levels.begin(page, from, to, 1);
  }

  /**
   * From here on reads levels as writers wrote them long ago: bits alone, the first in the highest
   * of a byte.
   */
  void beginBits(byte[] page, int from, int to) throws IOException {
    required = false;
    byte[] turned = new byte[to - from];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = (byte) (Integer.reverse(page[from + i]) >>> (Integer.SIZE - Byte.SIZE));
    }
    levels.beginPacked(turned, 1);
  }

  /** Moves on by some rows; returns how many of them have a value. */
  int next(int newRows) throws IOException {
    rows = newRows;
    values = required ? rows : read();
    return values;
  }

  private int read() throws IOException {
    Arrays.fill(bits, 0);
    int present = 0;
    for (int row = 0; row < rows; ) {
      int run = levels.run(rows - row);
      if (levels.packed()) {
        run = Math.min(run, BITS_AT_ONCE);
        long word = levels.word() & ((1L << run) - 1);
        set(row, word);
        present += Long.bitCount(word);
      } else if (levels.number() == 1) {
        setAll(row, row + run);
        present += run;
      } else if (levels.number() != 0) {
        throw new IOException("a page has the definition level " + levels.number());
      }
      levels.skip(run);
      row += run;
    }
    return present;
  }

  private void set(int row, long word) {
    bits[row >>> 6] |= word << row;
    if ((row & 63) > Long.SIZE - BITS_AT_ONCE && word >>> -row != 0) {
      bits[(row >>> 6) + 1] |= word >>> -row;
    }
  }

  private void setAll(int from, int to) {
    for (int row = from; row < to; ) {
      int next = Math.min(to, (row | 63) + 1);
      bits[row >>> 6] |= (-1L >>> (Long.SIZE - (next - row))) << row;
      row = next;
    }
  }

  /** The row of each value among those of the last {@link #next}. */
  int[] rowsOfValues() {
    if (values == rows) {
      return EVERY_ROW;
    }
    int value = 0;
    for (int first = 0; first < rows; first += Long.SIZE) {
      for (long word = bits[first >>> 6]; word != 0; word &= word - 1) {
        rowsOfValues[value++] = first + Long.numberOfTrailingZeros(word);
      }
    }
    return rowsOfValues;
  }
}
