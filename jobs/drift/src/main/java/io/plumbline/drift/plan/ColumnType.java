package io.plumbline.drift.plan;

import java.io.Serializable;

/**
 * What a column holds, as far as drift is concerned. In which type columns of different types are
 * compared, {@link CommonType} says.
 *
 * @param kind how its cells are read
 * @param scale digits behind the point of a decimal (also a wide one), else 0
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
    /** A list of numbers. */
    LIST,
    /** Times, maps, nested columns: not compared. */
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
    return kind == Kind.WIDE || kind == Kind.UNSIGNED || kind == Kind.MIXED;
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
      case FLOAT, DOUBLE, MIXED, STRING, BYTES, BOOLEAN, LIST, OTHER, NONE -> false;
    };
  }

  /** Whether its cells can be named: as categories or segments. */
  public boolean nameable() {
    return numeric() || textual() || kind == Kind.BOOLEAN;
  }

  @Override
  public String toString() {
    return physical;
  }
}
