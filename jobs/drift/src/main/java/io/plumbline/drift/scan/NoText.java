package io.plumbline.drift.scan;

import io.plumbline.drift.plan.ColumnType;
import io.plumbline.drift.plan.PlannedFeature;
import io.plumbline.stats.category.CategoryCounts;
import java.util.Optional;

/** Tells bytes from texts that are not said to be texts. */
public final class NoText {
  private NoText() {}

  /** Why a reference's values are no categories; empty: they are. */
  public static Optional<String> reason(PlannedFeature feature, CategoryCounts reference) {
    boolean bytes = feature.column().type().kind() == ColumnType.Kind.BYTES && !reference.isUtf8();
    return bytes ? Optional.of("bytes that are no UTF-8 text") : Optional.empty();
  }
}
