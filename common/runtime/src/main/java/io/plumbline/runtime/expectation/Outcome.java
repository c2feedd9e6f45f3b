package io.plumbline.runtime.expectation;

/** What a value is, measured by what is expected. */
public enum Outcome {
  /** Null or absent. */
  MISSING,
  WRONG_TYPE,
  NAN,
  INFINITE,

  /** A finite number that is in the range. */
  NUMBER,

  /** A finite number that is less than the range's least. */
  BELOW,

  /** A finite number that is greater than the range's greatest. */
  ABOVE,

  CATEGORY,
  NEW_CATEGORY,
  VECTOR;

  /** Whether it is a finite number, in the range or not. */
  public boolean isFiniteNumber() {
    return this == NUMBER || this == BELOW || this == ABOVE;
  }
}
