package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.stats.numeric.WideNumbers;
import java.math.BigDecimal;

/** Numbers as texts: equal ones have one text, whatever type they came in. */
abstract sealed class NumberText {
  /** The text of a finite number of a floating-point column. */
  abstract byte[] of(double value, boolean isFloat);

  /** The text of a decimal, or of an integer of more than 64 bits. */
  abstract byte[] of(BigDecimal value, boolean isDecimal);

  /** As people write it: a floating-point number by the fewest digits that tell it apart. */
  static final class Name extends NumberText {
    /** Up to here an integer is written as integers are. */
    private static final double INTEGERS = 0x1p64;

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
  }
}
