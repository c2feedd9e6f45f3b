package io.plumbline.events;

import java.util.Arrays;
import java.util.Objects;

/** One value of a feature, as it came. Immutable; the array of a vector is not to be changed. */
public final class Value {
  public static final Value NULL = new Value(ValueKind.NULL, 0, null);
  public static final Value OTHER = new Value(ValueKind.OTHER, 0, null);

  private final ValueKind kind;
  private final long bits;
  private final Object object;

  private Value(ValueKind kind, long bits, Object object) {
    this.kind = kind;
    this.bits = bits;
    this.object = object;
  }

  /**
   * @param bits of numbers, whole numbers and booleans as {@link FeatureValues} has them, else 0
   * @param object a text, a {@code double[]}, or null
   */
  public static Value of(ValueKind kind, long bits, Object object) {
    return new Value(kind, bits, object);
  }

  public static Value of(double number) {
    return new Value(ValueKind.NUMBER, Double.doubleToRawLongBits(number), null);
  }

  public static Value of(long integer) {
    return new Value(ValueKind.INTEGER, integer, null);
  }

  public static Value of(boolean bool) {
    return new Value(ValueKind.BOOLEAN, bool ? 1 : 0, null);
  }

  public static Value of(String text) {
    return new Value(ValueKind.TEXT, 0, text);
  }

  public static Value of(double[] vector) {
    return new Value(ValueKind.VECTOR, 0, vector);
  }

  public ValueKind kind() {
    return kind;
  }

  /** Of a {@link ValueKind#NUMBER} or {@link ValueKind#INTEGER}, the latter rounded. */
  public double number() {
    return kind == ValueKind.INTEGER ? bits : Double.longBitsToDouble(bits);
  }

  /** Of an {@link ValueKind#INTEGER}, exactly; of a {@link ValueKind#BOOLEAN}, 0 or 1. */
  public long integer() {
    return bits;
  }

  /** Of a {@link ValueKind#TEXT}; else null. */
  public String text() {
    return kind == ValueKind.TEXT ? (String) object : null;
  }

  /** Of a {@link ValueKind#VECTOR}; else null. */
  public double[] vector() {
    return kind == ValueKind.VECTOR ? (double[]) object : null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Value value
        && value.kind == kind
        && value.bits == bits
        && Objects.deepEquals(value.object, object);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(new Object[] {kind, bits, object});
  }

  @Override
  public String toString() {
    return switch (kind) {
      case NUMBER -> Double.toString(number());
      case INTEGER -> Long.toString(bits);
      case BOOLEAN -> Boolean.toString(bits == 1);
      case TEXT -> (String) object;
      case VECTOR -> Arrays.toString((double[]) object);
      case ABSENT, NULL, OTHER -> kind.name();
    };
  }
}
