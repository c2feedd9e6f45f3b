package io.plumbline.events;

/** What stood where a feature's value was expected. */
public enum ValueKind {
  /** The feature is known by its time only; it has no value. */
  ABSENT(0),
  NULL(1),
  /** A number that is no {@link #INTEGER}; NaN and infinities too. */
  NUMBER(2),
  /** A whole number that fits in 64 bits: exact beyond 2^53. */
  INTEGER(3),
  BOOLEAN(4),
  TEXT(5),
  /** A list of numbers; a null in it is NaN. */
  VECTOR(6),
  /** An object, or a list of anything else: never a value of the right type. */
  OTHER(7);

  private static final ValueKind[] BY_CODE = values();

  private final byte code;

  ValueKind(int code) {
    this.code = (byte) code;
  }

  /** What stands for it in arrays, on the wire and in state: never changes. */
  public byte code() {
    return code;
  }

  static ValueKind of(byte code) {
    return BY_CODE[code];
  }

  /** Whether {@code number} gives the value. */
  public boolean isNumber() {
    return this == NUMBER || this == INTEGER;
  }
}
