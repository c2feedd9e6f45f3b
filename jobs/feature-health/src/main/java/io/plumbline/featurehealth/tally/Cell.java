package io.plumbline.featurehealth.tally;

import io.plumbline.events.FeatureValues;
import io.plumbline.events.Value;
import io.plumbline.events.ValueKind;
import io.plumbline.featurehealth.registry.Expectation;
import io.plumbline.runtime.config.FeatureConfig;

/** What one value is, measured by what is expected: found once, and counted in each segment. */
final class Cell {
  /** What a value can be. */
  enum Is {
    MISSING,
    WRONG_TYPE,
    NAN,
    INFINITE,
    NUMBER,
    BELOW,
    ABOVE,
    CATEGORY,
    NEW_CATEGORY,
    VECTOR
  }

  private Is is;
  private double number;

  Is is() {
    return is;
  }

  /** Of a number, also one that is below or above. */
  double number() {
    return number;
  }

  void read(FeatureValues values, int index, Expectation expected) {
    ValueKind kind = values.kind(index);
    switch (kind) {
      case NUMBER, INTEGER ->
          readNumber(kind, values.number(index), values.integer(index), expected);
      case BOOLEAN -> readCategory(values.integer(index) == 1 ? "true" : "false", expected);
      case TEXT -> readCategory(values.text(index), expected);
      case VECTOR -> readVector(values.vector(index), expected);
      case ABSENT, NULL -> is = Is.MISSING;
      case OTHER -> is = Is.WRONG_TYPE;
    }
  }

  void read(Value value, Expectation expected) {
    switch (value.kind()) {
      case NUMBER, INTEGER -> readNumber(value.kind(), value.number(), value.integer(), expected);
      case BOOLEAN -> readCategory(value.integer() == 1 ? "true" : "false", expected);
      case TEXT -> readCategory(value.text(), expected);
      case VECTOR -> readVector(value.vector(), expected);
      case ABSENT, NULL -> is = Is.MISSING;
      case OTHER -> is = Is.WRONG_TYPE;
    }
  }

  private void readNumber(ValueKind kind, double value, long integer, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.CATEGORICAL && kind == ValueKind.INTEGER) {
      // Whole numbers are good names of categories.
      readCategory(expected.categories() == null ? "" : Long.toString(integer), expected);
      return;
    }
    if (expected.type() == FeatureConfig.Type.CATEGORICAL
        || expected.type() == FeatureConfig.Type.EMBEDDING) {
      is = Is.WRONG_TYPE;
      return;
    }
    number = value;
    if (Double.isNaN(value)) {
      is = Is.NAN;
    } else if (Double.isInfinite(value)) {
      is = Is.INFINITE;
    } else if (value < expected.least()) {
      is = Is.BELOW;
    } else if (value > expected.greatest()) {
      is = Is.ABOVE;
    } else {
      is = Is.NUMBER;
    }
  }

  private void readCategory(String category, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.NUMERIC
        || expected.type() == FeatureConfig.Type.EMBEDDING) {
      is = Is.WRONG_TYPE;
    } else {
      is =
          expected.categories() == null || expected.categories().contains(category)
              ? Is.CATEGORY
              : Is.NEW_CATEGORY;
    }
  }

  private void readVector(double[] vector, Expectation expected) {
    if (expected.type() == FeatureConfig.Type.NUMERIC
        || expected.type() == FeatureConfig.Type.CATEGORICAL) {
      is = Is.WRONG_TYPE;
      return;
    }
    is = Is.VECTOR;
    for (double component : vector) {
      if (Double.isNaN(component)) {
        is = Is.NAN;
        return;
      }
      if (Double.isInfinite(component)) {
        is = Is.INFINITE;
      }
    }
  }
}
