package io.plumbline.drift.plan;

import java.io.Serializable;

/**
 * What a column holds, as far as drift is concerned. Widths of integers are one type; everything
 * else that differs between two files is an error.
 *
 * @param kind how its cells are read
 * @param scale digits behind the point of a decimal (also a wide one), else 0
 * @param physical the type as the file's schema names it, for messages
 */
public record ColumnType(Kind kind, int scale, String physical) implements Serializable {
  /** How cells are read. */
  public enum Kind {
    /** 32-bit floating point. */
    FLOAT,
    /** 64-bit floating point. */
    DOUBLE,
    /** Integers of up to 64 bits. */
    INTEGER,
    /** Decimals of at most 18 digits, as unscaled integers. */
    DECIMAL,
    /** Decimals of up to 38 digits, unsigned 64-bit integers. */
    WIDE,
    /** UTF-8. */
    STRING,
    BOOLEAN,
    /** A list of numbers. */
    LIST,
    /** Times, maps, nested columns, raw bytes: not compared. */
    OTHER
  }

  public static ColumnType of(Kind kind, String physical) {
    return new ColumnType(kind, 0, physical);
  }

  public boolean numeric() {
    return switch (kind) {
      case FLOAT, DOUBLE, INTEGER, DECIMAL, WIDE -> true;
      case STRING, BOOLEAN, LIST, OTHER -> false;
    };
  }

  /**
   * Whether its numbers are whole ones: integers, and decimals without a digit behind the point.
   */
  public boolean whole() {
    return switch (kind) {
      case INTEGER -> true;
      case DECIMAL, WIDE -> scale == 0;
      case FLOAT, DOUBLE, STRING, BOOLEAN, LIST, OTHER -> false;
    };
  }

  /** Whether its cells can be named: as categories or segments. */
  public boolean nameable() {
    return switch (kind) {
      case INTEGER, STRING, BOOLEAN -> true;
      case FLOAT, DOUBLE, DECIMAL, WIDE, LIST, OTHER -> false;
    };
  }

  /** Whether two files may hold the same column with these types. */
  public boolean agreesWith(ColumnType other) {
    return kind == other.kind
        && scale == other.scale
        && (!(kind == Kind.OTHER || kind == Kind.LIST) || physical.equals(other.physical));
  }

  @Override
  public String toString() {
    return physical;
  }
}
