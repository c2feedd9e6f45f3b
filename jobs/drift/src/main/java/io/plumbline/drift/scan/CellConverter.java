package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.ColumnTypes;
import io.plumbline.stats.numeric.NumericDomain;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * Cells of any physical type as one of three: a double, an integer (also the unscaled value of a
 * decimal, or of a time's seconds), or bytes. A subclass takes those that its column's type can
 * give.
 */
abstract class CellConverter extends PrimitiveConverter {
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final BigInteger NANOSECONDS_OF_A_DAY =
      BigInteger.valueOf(SECONDS_OF_A_DAY * 1_000_000_000L);

  /** The Julian day of 1970-01-01, from which INT96 counts. */
  private static final long JULIAN_EPOCH = 2_440_588;

  private PrimitiveType type;
  private boolean unsigned;
  private boolean decimal;
  private boolean date;
  private boolean wide;
  private ColumnType columnType;
  private NumericDomain domain;

  /** Tells the type of the column that is read next. */
  final void begin(PrimitiveType newType) {
    type = newType;
    unsigned =
        type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
            && !integer.isSigned();
    decimal = type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation;
    columnType = ColumnTypes.of(type);
    date = columnType.kind() == ColumnType.Kind.DATE;
    wide = columnType.wide();
    domain = null;
  }

  /** The type of the column that is read, by its file. */
  final ColumnType columnType() {
    return columnType;
  }

  abstract void onDouble(double value);

  abstract void onLong(long value);

  abstract void onBytes(Binary value);

  abstract void onBoolean(boolean value);

  /** A number wider than a {@code long}; the unscaled value of a decimal or of seconds. */
  void onWide(BigInteger value) {
    throw new IllegalStateException("expected at most 64 bits, found " + value);
  }

  /** Takes over the entries of a dictionary; {@link #addValueFromDictionary} then gives ids. */
  @Override
  public abstract void setDictionary(Dictionary dictionary);

  @Override
  public abstract void addValueFromDictionary(int id);

  @Override
  public final boolean hasDictionarySupport() {
    return true;
  }

  @Override
  public final void addDouble(double value) {
    onDouble(value);
  }

  @Override
  public final void addFloat(float value) {
    onDouble(value);
  }

  @Override
  public final void addLong(long value) {
    if (wide) {
      onWide(unsigned(value));
    } else {
      onLong(value);
    }
  }

  @Override
  public final void addInt(int value) {
    onLong(integer(value));
  }

  @Override
  public final void addBoolean(boolean value) {
    onBoolean(value);
  }

  @Override
  public final void addBinary(Binary value) {
    if (wide) {
      onWide(number(value));
    } else if (decimal) {
      onLong(unscaled(value));
    } else if (columnType.floating()) {
      onDouble(half(value));
    } else {
      onBytes(value);
    }
  }

  /** Floating point of 16 bits: sign, five bits of exponent, ten of fraction. */
  private static double half(Binary value) {
    byte[] bytes = bytes(value);
    int bits = (bytes[1] & 0xFF) << 8 | (bytes[0] & 0xFF);
    int exponent = bits >> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    double magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((double) fraction, -24);
          case 0x1F -> fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
          default -> Math.scalb((double) (fraction | 0x400), exponent - 25);
        };
    return bits >> 15 == 0 ? magnitude : -magnitude;
  }

  private long unscaled(Binary value) {
    try {
      return number(value).longValueExact();
    } catch (ArithmeticException e) {
      throw new ParquetDecodingException("a decimal of more digits than its type has", e);
    }
  }

  private BigInteger number(Binary value) {
    byte[] bytes = bytes(value);
    if (physical() == PrimitiveTypeName.INT96) {
      ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      BigInteger ofDay = BigInteger.valueOf(parts.getLong());
      BigInteger days = BigInteger.valueOf(parts.getInt() - JULIAN_EPOCH);
      return days.multiply(NANOSECONDS_OF_A_DAY).add(ofDay);
    }
    if (bytes.length == 0) {
      throw new ParquetDecodingException("a number of no bytes");
    }
    return new BigInteger(bytes);
  }

  static byte[] bytes(Binary value) {
    ByteBuffer buffer;
    try {
      buffer = value.toByteBuffer();
    } catch (IllegalArgumentException e) {
      throw new ParquetDecodingException("a value that goes beyond its page", e);
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** An id of a dictionary of so many entries. */
  static int checked(int id, int entries) {
    if (id < 0 || id >= entries) {
      throw new ParquetDecodingException(
          "a page has the id %s, the dictionary %s entries".formatted(id, entries));
    }
    return id;
  }

  final PrimitiveTypeName physical() {
    return type.getPrimitiveTypeName();
  }

  /** How the integers and decimals of the column become doubles. */
  final NumericDomain domain() {
    if (domain == null) {
      domain = Domains.of(columnType);
    }
    return domain;
  }

  /** Bytes of a number in PLAIN encoding. */
  final int width() {
    return switch (type.getPrimitiveTypeName()) {
      case INT32, FLOAT -> Integer.BYTES;
      case INT64, DOUBLE -> Long.BYTES;
      case BOOLEAN, BINARY, FIXED_LEN_BYTE_ARRAY, INT96 ->
          throw new IllegalStateException("no fixed width: " + type);
    };
  }

  /** Whether the file has floating-point numbers. */
  final boolean floating() {
    return columnType.floating();
  }

  final boolean integral() {
    return !wide()
        && (decimal
            || type.getPrimitiveTypeName() == PrimitiveTypeName.INT32
            || type.getPrimitiveTypeName() == PrimitiveTypeName.INT64);
  }

  /** Whether the numbers are wider than a {@code long}: they then arrive as {@link #wide}. */
  final boolean wide() {
    return wide;
  }

  /** A wide number, from its bits in a {@code long} or its bytes. */
  final BigInteger wide(Dictionary dictionary, int id) {
    return type.getPrimitiveTypeName() == PrimitiveTypeName.INT64
        ? unsigned(dictionary.decodeToLong(id))
        : number(dictionary.decodeToBinary(id));
  }

  private static BigInteger unsigned(long bits) {
    return new BigInteger(Long.toUnsignedString(bits));
  }

  /** The entries of a dictionary of a {@link #floating} column, by id. */
  final double[] doubles(Dictionary dictionary) {
    double[] entries = new double[dictionary.getMaxId() + 1];
    for (int id = 0; id < entries.length; id++) {
      entries[id] =
          switch (type.getPrimitiveTypeName()) {
            case FLOAT -> dictionary.decodeToFloat(id);
            case DOUBLE -> dictionary.decodeToDouble(id);
            default -> half(dictionary.decodeToBinary(id));
          };
    }
    return entries;
  }

  /** The entries of a dictionary of an {@link #integral} column, by id. */
  final long[] longs(Dictionary dictionary) {
    long[] entries = new long[dictionary.getMaxId() + 1];
    for (int id = 0; id < entries.length; id++) {
      entries[id] =
          switch (type.getPrimitiveTypeName()) {
            case INT32 -> integer(dictionary.decodeToInt(id));
            case INT64 -> dictionary.decodeToLong(id);
            default -> unscaled(dictionary.decodeToBinary(id));
          };
    }
    return entries;
  }

  /** An INT32, which may be unsigned, or a day. */
  final long integer(int value) {
    return unsigned
        ? Integer.toUnsignedLong(value)
        : date ? (long) value * SECONDS_OF_A_DAY : value;
  }
}
