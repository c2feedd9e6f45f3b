package io.plumbline.drift.plan;

import java.math.BigInteger;
import java.util.Collection;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** What a footer says of the cells in a column's chunk. */
public final class ChunkFacts {
  private static final BigInteger SECONDS_OF_A_DAY = BigInteger.valueOf(86_400);

  /** Nanoseconds of all days that INT96 counts. */
  private static final BigInteger GREATEST_INT96 =
      SECONDS_OF_A_DAY.multiply(BigInteger.TEN.pow(9)).shiftLeft(Integer.SIZE);

  private ChunkFacts() {}

  /** Whether a chunk may have a value: all cells are null only where the footer counts them so. */
  public static boolean mayHaveValues(ColumnChunkMetaData chunk) {
    Statistics<?> statistics = chunk.getStatistics();
    return chunk.getValueCount() > 0
        && (statistics == null
            || !statistics.isNumNullsSet()
            || statistics.getNumNulls() < chunk.getValueCount());
  }

  /** Whether a row group may have a value in a top-level column. */
  public static boolean mayHaveValues(BlockMetaData group, String column) {
    for (ColumnChunkMetaData chunk : group.getColumns()) {
      if (chunk.getPath().toArray()[0].equals(column) && mayHaveValues(chunk)) {
        return true;
      }
    }
    return false;
  }

  /**
   * No integer, unscaled decimal or unscaled time in these chunks is further from 0.
   *
   * @param type of integers, decimals or times; 0 for any other
   */
  static BigInteger greatest(PrimitiveType type, Collection<ColumnChunkMetaData> chunks) {
    return switch (ColumnTypes.of(type).kind()) {
      case INTEGER, UNSIGNED, DECIMAL, WIDE, TIMESTAMP -> greatestInteger(type, chunks);
      case DATE -> greatestInteger(type, chunks).multiply(SECONDS_OF_A_DAY);
      case WIDE_TIMESTAMP -> GREATEST_INT96;
      case FLOAT, DOUBLE, MIXED, STRING, BYTES, BOOLEAN, LIST, OTHER, NONE -> BigInteger.ZERO;
    };
  }

  private static BigInteger greatestInteger(
      PrimitiveType type, Collection<ColumnChunkMetaData> chunks) {
    BigInteger greatest = BigInteger.ZERO;
    for (ColumnChunkMetaData chunk : chunks) {
      Statistics<?> statistics = chunk.getStatistics();
      if (!mayHaveValues(chunk)) {
        continue;
      }
      if (statistics == null || !statistics.hasNonNullValue()) {
        return greatest(type);
      }
      greatest =
          greatest
              .max(integer(type, statistics.genericGetMin()).abs())
              .max(integer(type, statistics.genericGetMax()).abs());
    }
    return greatest;
  }

  private static BigInteger greatest(PrimitiveType type) {
    if (type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal) {
      return BigInteger.TEN.pow(decimal.getPrecision());
    }
    int bits = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32 ? 32 : 64;
    return BigInteger.ONE.shiftLeft(unsigned(type) ? bits : bits - 1);
  }

  private static boolean unsigned(PrimitiveType type) {
    return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
        && !integer.isSigned();
  }

  private static BigInteger integer(PrimitiveType type, Object bound) {
    if (bound instanceof Binary bytes) {
      return new BigInteger(bytes.getBytes());
    }
    if (bound instanceof Integer bits) {
      return BigInteger.valueOf(unsigned(type) ? Integer.toUnsignedLong(bits) : bits);
    }
    long bits = (Long) bound;
    return unsigned(type) ? new BigInteger(Long.toUnsignedString(bits)) : BigInteger.valueOf(bits);
  }
}
