package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.profile.SampledCells;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/**
 * Texts: strings as they are, numbers in decimal digits, times by their day, true and false. Of a
 * number that is not finite there is none: it is missing.
 */
final class TextCells extends BatchCells {
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.UTF_8);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.UTF_8);

  /** Digits and sign of the longest {@code long}. */
  private static final int LONGEST_INTEGER = 20;

  private final int[] starts = new int[CellBatches.MOST_ROWS];
  private final int[] ends = new int[CellBatches.MOST_ROWS];
  private final byte[] digits = new byte[LONGEST_INTEGER];
  private byte[] arena = new byte[256];
  private byte[] bytes = arena;
  private byte[][] dictionary = {};

  /** Which values of a batch that is not coded are missing, if the column is floating. */
  private final boolean[] missing = new boolean[CellBatches.MOST_ROWS];

  private final NumberText numbers;

  TextCells(NumberText numbers) {
    this.numbers = numbers;
  }

  /** What holds the values of a batch that is not coded. */
  byte[] bytes() {
    return bytes;
  }

  /** Where a value begins in {@link #bytes}. */
  int start(int i) {
    return starts[i];
  }

  int length(int i) {
    return ends[i] - starts[i];
  }

  /** Whether there is no text in the place of a value, as that is not finite. */
  boolean missing(int i) {
    return floating() && missing[i];
  }

  /** A copy of a value. */
  byte[] value(int i) {
    return Arrays.copyOfRange(bytes, starts[i], ends[i]);
  }

  /** The dictionary's entry of an id; null: it is missing. */
  byte[] entry(int id) {
    return dictionary[id];
  }

  @Override
  boolean pageable() {
    return switch (physical()) {
      case INT32, INT64 -> !wide();
      case BINARY -> !wide() && !integral();
      default -> false;
    };
  }

  @Override
  int plain(byte[] page, int from, int to, int count) throws IOException {
    return switch (physical()) {
      case INT32, INT64 -> integers(page, from, end(from, to, count, width()), count);
      default -> strings(page, from, to, count);
    };
  }

  private int integers(byte[] page, int from, int end, int count) {
    ByteBuffer values = ByteBuffer.wrap(page, from, end - from).order(ByteOrder.LITTLE_ENDIAN);
    clearPlain();
    for (int i = 0; i < count; i++) {
      onLong(width() == Integer.BYTES ? integer(values.getInt()) : values.getLong());
    }
    return end;
  }

  /** Strings stay where they are in the page, each behind its length. */
  private int strings(byte[] page, int from, int to, int count) throws EOFException {
    bytes = page;
    ByteBuffer lengths = ByteBuffer.wrap(page).order(ByteOrder.LITTLE_ENDIAN);
    int at = from;
    for (int i = 0; i < count; i++) {
      int start = end(at, to, 1, Integer.BYTES);
      int length = lengths.getInt(at);
      if (length < 0 || length > to - start) {
        throw new EOFException("a page ends within a text of %s bytes".formatted(length));
      }
      at = start + length;
      starts[i] = start;
      ends[i] = at;
    }
    return at;
  }

  @Override
  void decode(Dictionary values) {
    dictionary = new byte[entries()][];
    long[] integers = integral() ? longs(values) : new long[0];
    double[] doubles = floating() ? doubles(values) : new double[0];
    for (int id = 0; id < dictionary.length; id++) {
      if (floating()) {
        dictionary[id] = Double.isFinite(doubles[id]) ? text(doubles[id]) : null;
      } else if (wide()) {
        dictionary[id] = text(wide(values, id));
      } else if (integral()) {
        dictionary[id] = text(integers[id]);
      } else {
        dictionary[id] = bytes(values.decodeToBinary(id));
      }
    }
  }

  private byte[] text(double value) {
    return numbers.of(value, columnType().kind() == ColumnType.Kind.FLOAT);
  }

  private byte[] text(long integer) {
    if (columnType().temporal()) {
      return numbers.ofTime(integer, columnType().scale());
    }
    return columnType().decimal()
        ? text(BigInteger.valueOf(integer))
        : Long.toString(integer).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] text(BigInteger unscaled) {
    if (columnType().temporal()) {
      return numbers.ofTime(unscaled, columnType().scale());
    }
    return numbers.of(new BigDecimal(unscaled, columnType().scale()), columnType().decimal());
  }

  @Override
  void sampleValue(int i, SampledRows.Row row, SampledCells sample) {
    if (missing(i)) {
      sample.addMissing(row.hash(), row.place());
    } else {
      sample.add(row.hash(), row.place(), value(i));
    }
  }

  @Override
  void sampleEntry(int id, SampledRows.Row row, SampledCells sample) {
    if (entry(id) == null) {
      sample.addMissing(row.hash(), row.place());
    } else {
      sample.add(row.hash(), row.place(), entry(id));
    }
  }

  @Override
  void clearPlain() {
    super.clearPlain();
    bytes = arena;
  }

  private void append(byte[] from, int start, int end) {
    int next = nextPlain();
    int at = next == 0 ? 0 : ends[next - 1];
    int after = Math.addExact(at, end - start);
    if (after > arena.length) {
      long twice = Math.min(2L * arena.length, Integer.MAX_VALUE - 8);
      arena = Arrays.copyOf(arena, Math.max(after, (int) twice));
      bytes = arena;
    }
    System.arraycopy(from, start, arena, at, end - start);
    starts[next] = at;
    ends[next] = after;
  }

  @Override
  void onBytes(Binary value) {
    byte[] utf8 = bytes(value);
    append(utf8, 0, utf8.length);
  }

  @Override
  void onLong(long value) {
    if (columnType().decimal() || columnType().temporal()) {
      byte[] text = text(value);
      append(text, 0, text.length);
      return;
    }
    int start = LONGEST_INTEGER;
    long rest = value;
    do {
      digits[--start] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (value < 0) {
      digits[--start] = '-';
    }
    append(digits, start, LONGEST_INTEGER);
  }

  @Override
  void onWide(BigInteger value) {
    byte[] text = text(value);
    append(text, 0, text.length);
  }

  @Override
  void onBoolean(boolean value) {
    byte[] text = value ? TRUE : FALSE;
    append(text, 0, text.length);
  }

  @Override
  void onDouble(double value) {
    boolean finite = Double.isFinite(value);
    missing[plain()] = !finite;
    byte[] text = finite ? text(value) : new byte[0];
    append(text, 0, text.length);
  }
}
