package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.stats.numeric.WideNumbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/** Numbers as texts: equal ones have one text, whatever type they came in. */
abstract sealed class NumberText {
  /** The text of a finite number of a floating-point column. */
  abstract byte[] of(double value, boolean isFloat);

  /** The text of a decimal, or of an integer of more than 64 bits. */
  abstract byte[] of(BigDecimal value, boolean isDecimal);

  /** The text of a point of time: seconds since 1970, by their unscaled value. */
  abstract byte[] ofTime(long unscaled, int scale);

  /** The same of one beyond 64 bits. */
  abstract byte[] ofTime(BigInteger unscaled, int scale);

  /**
   * As people write it: a floating-point number by the fewest digits that tell it apart, a point of
   * time by its day in UTC.
   */
  static final class Name extends NumberText {
    /** Up to here an integer is written as integers are. */
    private static final double INTEGERS = 0x1p64;

    private static final BigInteger SECONDS_OF_A_DAY = BigInteger.valueOf(86_400);

    /** How many units of a scale a day has. */
    private static final long[] UNITS_OF_A_DAY = new long[10];

    static {
      for (int scale = 0; scale < UNITS_OF_A_DAY.length; scale++) {
        UNITS_OF_A_DAY[scale] = BigInteger.TEN.pow(scale).multiply(SECONDS_OF_A_DAY).longValue();
      }
    }

    /** Neighbouring cells are mostly of one day. */
    private long lastDay;

    private byte[] lastText;

    @Override
    byte[] of(double value, boolean isFloat) {
      if (Math.rint(value) == value && Math.abs(value) <= INTEGERS) {
        return WideNumbers.text(new BigDecimal(value));
      }
      String digits = isFloat ? Float.toString((float) value) : Double.toString(value);
      return WideNumbers.text(new BigDecimal(digits));
    }

    @Override
    byte[] of(BigDecimal value, boolean isDecimal) {
      return WideNumbers.text(value);
    }

    @Override
    byte[] ofTime(long unscaled, int scale) {
      return ofDay(Math.floorDiv(unscaled, UNITS_OF_A_DAY[scale]));
    }

    @Override
    byte[] ofTime(BigInteger unscaled, int scale) {
      BigInteger units = BigInteger.valueOf(UNITS_OF_A_DAY[scale]);
      return ofDay(unscaled.subtract(unscaled.mod(units)).divide(units).longValueExact());
    }

    private byte[] ofDay(long day) {
      if (lastText == null || day != lastDay) {
        lastDay = day;
        lastText = LocalDate.ofEpochDay(day).toString().getBytes(StandardCharsets.US_ASCII);
      }
      return lastText;
    }
  }

  /** By all of its digits; a decimal among floating-point numbers is the nearest double. */
  static final class Exact extends NumberText {
    private final boolean mixed;

    Exact(ColumnType target) {
      mixed = target.kind() == ColumnType.Kind.MIXED;
    }

    @Override
    byte[] of(double value, boolean isFloat) {
      return WideNumbers.text(new BigDecimal(value));
    }

    @Override
    byte[] of(BigDecimal value, boolean isDecimal) {
      return WideNumbers.text(mixed && isDecimal ? new BigDecimal(value.doubleValue()) : value);
    }

    @Override
    byte[] ofTime(long unscaled, int scale) {
      return WideNumbers.text(BigDecimal.valueOf(unscaled, scale));
    }

    @Override
    byte[] ofTime(BigInteger unscaled, int scale) {
      return WideNumbers.text(new BigDecimal(unscaled, scale));
    }
  }
}
