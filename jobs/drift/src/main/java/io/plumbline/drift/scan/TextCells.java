package io.plumbline.drift.scan;

import io.plumbline.profile.SampledCells;
import io.plumbline.stats.numeric.WideNumbers;
import java.io.EOFException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/** Texts: strings as they are, integers in decimal digits, true and false. */
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

  /** A copy of a value. */
  byte[] value(int i) {
    return Arrays.copyOfRange(bytes, starts[i], ends[i]);
  }

  /** The dictionary's entry of an id. */
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
    for (int id = 0; id < dictionary.length; id++) {
      if (wide()) {
        dictionary[id] = WideNumbers.text(wide(values, id));
      } else if (integral()) {
        dictionary[id] = Long.toString(integers[id]).getBytes(StandardCharsets.US_ASCII);
      } else {
        dictionary[id] = bytes(values.decodeToBinary(id));
      }
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
    byte[] text = WideNumbers.text(value);
    append(text, 0, text.length);
  }

  @Override
  void onBoolean(boolean value) {
    byte[] text = value ? TRUE : FALSE;
    append(text, 0, text.length);
  }

  @Override
  void onDouble(double value) {
    throw new IllegalStateException("floating-point cells have no text: the plan admits none");
  }
}
