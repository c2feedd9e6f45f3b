package io.plumbline.drift.plan;

import java.io.Serializable;

/**
 * What a column holds, as far as drift is concerned. In which type columns of different types are
 * compared, {@link CommonType} says.
 *
 * @param kind how its cells are read
 * @param scale digits behind the point of a decimal (also a wide one), or of the seconds of a time;
 *     else 0
 * @param physical the type as the file's schema names it, for messages
 */
public record ColumnType(Kind kind, int scale, String physical) implements Serializable {
  /** How cells are read. */
  public enum Kind {
    /** Floating point of 16 or 32 bits. */
    FLOAT,
    /** 64-bit floating point. */
    DOUBLE,
    /** Integers of up to 64 bits. */
    INTEGER,
    /** Decimals of at most 18 digits, as unscaled integers. */
    DECIMAL,
    /** Decimals of more digits. */
    WIDE,
    /** Unsigned integers of 64 bits. */
    UNSIGNED,
    /** Floating-point numbers among integers that are beyond 2^53: no file's own, but common. */
    MIXED,
    /** UTF-8. */
    STRING,
    /** Bytes that are not said to be text, but may be. */
    BYTES,
    BOOLEAN,
    /** Days, read as the seconds from 1970 to their beginning. */
    DATE,
    /**
     * Points of time, as seconds since 1970 in UTC, of which an integer of 64 bits counts parts.
     */
    TIMESTAMP,
    /** Points of time in nanoseconds that may be beyond 64 bits. */
    WIDE_TIMESTAMP,
    /** A list of numbers. */
    LIST,
    /** Times of day, maps, nested columns: not compared. */
    OTHER,
    /** No cell has a value. */
    NONE
  }

  public static ColumnType of(Kind kind, String physical) {
    return new ColumnType(kind, 0, physical);
  }

  public boolean numeric() {
    return floating() || integral() || decimal() || kind == Kind.MIXED;
  }

  /** Whether its numbers are binary fractions. */
  public boolean floating() {
    return kind == Kind.FLOAT || kind == Kind.DOUBLE;
  }

  /** Whether its numbers are integers by their type. */
  public boolean integral() {
    return kind == Kind.INTEGER || kind == Kind.UNSIGNED;
  }

  /** Whether its numbers are decimals. */
  public boolean decimal() {
    return kind == Kind.DECIMAL || kind == Kind.WIDE;
  }

  /** Whether its numbers have no key, so that they are counted by their text. */
  public boolean wide() {
    return switch (kind) {
      case WIDE, UNSIGNED, MIXED, WIDE_TIMESTAMP -> true;
      case FLOAT, DOUBLE, INTEGER, DECIMAL, STRING, BYTES, BOOLEAN, DATE, TIMESTAMP -> false;
      case LIST, OTHER, NONE -> false;
    };
  }

  /** Whether its cells are texts. */
  public boolean textual() {
    return kind == Kind.STRING || kind == Kind.BYTES;
  }

  /**
   * Whether its numbers are whole ones: integers, and decimals without a digit behind the point.
   */
  public boolean whole() {
    return switch (kind) {
      case INTEGER, UNSIGNED -> true;
      case DECIMAL, WIDE -> scale == 0;
      case FLOAT, DOUBLE, MIXED, STRING, BYTES, BOOLEAN -> false;
      case DATE, TIMESTAMP, WIDE_TIMESTAMP, LIST, OTHER, NONE -> false;
    };
  }

  /** Whether its cells are points of time. */
  public boolean temporal() {
    return kind == Kind.DATE || kind == Kind.TIMESTAMP || kind == Kind.WIDE_TIMESTAMP;
  }

  /** Whether each of its values has a name of its own. */
  public boolean nameable() {
    return numeric() || textual() || kind == Kind.BOOLEAN;
  }

  /** Whether its cells can be categories or segments: by their names, or by their UTC days. */
  public boolean categorical() {
    return nameable() || temporal();
  }

  @Override
  public String toString() {
    return physical;
  }
}
