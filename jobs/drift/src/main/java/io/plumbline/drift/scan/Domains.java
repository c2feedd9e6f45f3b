package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.stats.numeric.NumericDomain;

/** How the numbers of a column are held. */
public final class Domains {
  private Domains() {}

  public static NumericDomain of(ColumnType type) {
    return switch (type.kind()) {
      // What has no value may be of any.
      case FLOAT, DOUBLE, LIST, NONE -> NumericDomain.doubles();
      case INTEGER, DATE -> NumericDomain.integers();
      case DECIMAL, TIMESTAMP -> NumericDomain.decimals(type.scale());
      case WIDE, UNSIGNED, MIXED, WIDE_TIMESTAMP, STRING, BYTES, BOOLEAN, OTHER ->
          throw new IllegalArgumentException("not numeric: " + type);
    };
  }
}
