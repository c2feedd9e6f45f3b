package io.plumbline.runtime.expectation;

import io.plumbline.events.FeatureValues;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.runtime.config.FeatureConfig;

/**
 * A value, held to what is expected: its {@link Outcome} is found once and counted in each segment.
 * Mutable, so that no value costs an object.
 */
public final class CheckedValue {
  private Outcome outcome;
  private double number;

  /** Of the value that was checked last. */
  public Outcome outcome() {
    return outcome;
  }

  /** Its number, if it is a finite one. */
  public double number() {
    return number;
  }

  /** Holds one of the values to what is expected of its feature. */
  public void check(FeatureValues values, int index, Expectation expected) {
    ValueKind kind = values.kind(index);
    switch (kind) {
      case NUMBER, INTEGER ->
          checkNumber(kind, values.number(index), values.integer(index), expected);
      case BOOLEAN -> checkCategory(values.integer(index) == 1 ? "true" : "false", expected);
      case TEXT -> checkCategory(values.text(index), expected);
      case VECTOR -> checkVector(values.vector(index), expected);
      case ABSENT, NULL -> outcome = Outcome.MISSING;
      case OTHER -> outcome = Outcome.WRONG_TYPE;
    }
  }

  /** Holds a value to what is expected of its feature. */
  public void check(Value value, Expectation expected) {
    switch (value.kind()) {
      case NUMBER, INTEGER -> checkNumber(value.kind(), value.number(), value.integer(), expected);
      case BOOLEAN -> checkCategory(value.integer() == 1 ? "true" : "false", expected);
      case TEXT -> checkCategory(value.text(), expected);
      case VECTOR -> checkVector(value.vector(), expected);
      case ABSENT, NULL -> outcome = Outcome.MISSING;
      case OTHER -> outcome = Outcome.WRONG_TYPE;
    }
  }

  private void checkNumber(ValueKind kind, double value, long integer, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.CATEGORICAL && kind == ValueKind.INTEGER) {
      // Whole numbers are good names of categories.
      checkCategory(expected.categories() == null ? "" : Long.toString(integer), expected);
      return;
    }
    if (expected.type() == FeatureConfig.Type.CATEGORICAL
        || expected.type() == FeatureConfig.Type.EMBEDDING) {
      outcome = Outcome.WRONG_TYPE;
      return;
    }
    number = value;
    if (Double.isNaN(value)) {
      outcome = Outcome.NAN;
    } else if (Double.isInfinite(value)) {
      outcome = Outcome.INFINITE;
    } else if (value < expected.least()) {
      outcome = Outcome.BELOW;
    } else if (value > expected.greatest()) {
      outcome = Outcome.ABOVE;
    } else {
      outcome = Outcome.NUMBER;
    }
  }

  private void checkCategory(String category, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.NUMERIC
        || expected.type() == FeatureConfig.Type.EMBEDDING) {
      outcome = Outcome.WRONG_TYPE;
    } else {
      outcome =
          expected.categories() == null || expected.categories().contains(category)
              ? Outcome.CATEGORY
              : Outcome.NEW_CATEGORY;
    }
  }

  private void checkVector(double[] vector, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.NUMERIC
        || expected.type() == FeatureConfig.Type.CATEGORICAL) {
      outcome = Outcome.WRONG_TYPE;
      return;
    }
    outcome = Outcome.VECTOR;
    for (double component : vector) {
      if (Double.isNaN(component)) {
        outcome = Outcome.NAN;
        return;
      }
      if (Double.isInfinite(component)) {
        outcome = Outcome.INFINITE;
      }
    }
  }
}
