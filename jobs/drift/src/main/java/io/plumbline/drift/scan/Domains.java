package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.stats.numeric.NumericDomain;

/** How the numbers of a column are held. */
public final class Domains {
  private Domains() {}

  public static NumericDomain of(ColumnType type) {
    return switch (type.kind()) {
      case FLOAT, DOUBLE, LIST -> NumericDomain.doubles();
      case INTEGER -> NumericDomain.integers();
      case DECIMAL -> NumericDomain.decimals(type.scale());
      case WIDE, STRING, BOOLEAN, OTHER ->
          throw new IllegalArgumentException("not numeric: " + type);
    };
  }
}
