package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.profile.SampledCells;
import io.plumbline.stats.numeric.NumericDomain;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.api.Binary;

/**
 * Numbers in the type in which a feature is compared, whatever the file's own is: doubles, else
 * integers or a decimal's unscaled values.
 */
final class NumberCells extends BatchCells {
  private final ColumnType target;
  private final NumericDomain targetDomain;
  private final boolean doubled;

  private final double[] doubles = new double[CellBatches.MOST_ROWS];
  private final long[] longs = new long[CellBatches.MOST_ROWS];
  private final float[] floats = new float[CellBatches.MOST_ROWS];
  private final int[] ints = new int[CellBatches.MOST_ROWS];
  private double[] doubleEntries = {};
  private long[] longEntries = {};

  /**
   * @param target of numbers that have keys; the file's numbers convert to it
   */
  NumberCells(ColumnType target) {
    this.target = target;
    targetDomain = Domains.of(target);
    doubled = targetDomain.equals(NumericDomain.doubles());
  }

  /** Whether the numbers are doubles. */
  boolean doubled() {
    return doubled;
  }

  /** The values of a batch that is not coded, if they are doubles. */
  double[] doubles() {
    return doubles;
  }

  /** The values of a batch that is not coded, if they are no doubles. */
  long[] longs() {
    return longs;
  }

  /** The dictionary's entries by id, if they are doubles. */
  double[] doubleEntries() {
    return doubleEntries;
  }

  /** The dictionary's entries by id, if they are no doubles. */
  long[] longEntries() {
    return longEntries;
  }

  /** A value of a batch that is not coded, as the nearest double. */
  double value(int i) {
    return doubled ? doubles[i] : targetDomain.toDouble(longs[i]);
  }

  /** The entry of an id, as the nearest double. */
  double entry(int id) {
    return doubled ? doubleEntries[id] : targetDomain.toDouble(longEntries[id]);
  }

  /** Puts the entries of ids in the place of the values. */
  void decode(int[] ids, int count) {
    for (int i = 0; i < count; i++) {
      if (doubled) {
        doubles[i] = doubleEntries[ids[i]];
      } else {
        longs[i] = longEntries[ids[i]];
      }
    }
  }

  @Override
  boolean pageable() {
    return switch (physical()) {
      case DOUBLE, FLOAT -> true;
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
    if (!floating()) {
      convert(longs, doubles, count);
    }
    return end;
  }

  /** Turns integers of the file into numbers of the target, in either array. */
  private void convert(long[] integers, double[] intoDoubles, int count) {
    if (doubled) {
      for (int i = 0; i < count; i++) {
        intoDoubles[i] = domain().toDouble(integers[i]);
      }
      return;
    }
    long factor = factor();
    for (int i = 0; factor != 1 && i < count; i++) {
      integers[i] = Math.multiplyExact(integers[i], factor);
    }
  }

  private long factor() {
    return powerOfTen(target.scale() - columnType().scale());
  }

  private static long powerOfTen(int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, 10);
    }
    return power;
  }

  @Override
  void decode(Dictionary dictionary) {
    if (floating()) {
      doubleEntries = doubles(dictionary);
      return;
    }
    longEntries = wide() ? new long[entries()] : longs(dictionary);
    doubleEntries = new double[doubled ? longEntries.length : 0];
    if (wide()) {
      for (int id = 0; id < longEntries.length; id++) {
        BigInteger value = wide(dictionary, id);
        if (doubled) {
          doubleEntries[id] = nearest(value);
        } else {
          longEntries[id] = narrow(value);
        }
      }
    } else {
      convert(longEntries, doubleEntries, longEntries.length);
    }
  }

  private double nearest(BigInteger unscaled) {
    return new BigDecimal(unscaled, columnType().scale()).doubleValue();
  }

  private long narrow(BigInteger unscaled) {
    return unscaled.multiply(BigInteger.valueOf(factor())).longValueExact();
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
    int next = nextPlain();
    if (doubled) {
      doubles[next] = domain().toDouble(value);
    } else {
      longs[next] = Math.multiplyExact(value, factor());
    }
  }

  @Override
  void onWide(BigInteger value) {
    int next = nextPlain();
    if (doubled) {
      doubles[next] = nearest(value);
    } else {
      longs[next] = narrow(value);
    }
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
