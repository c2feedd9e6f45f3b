package io.plumbline.cli.features;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Finds the rows that do not look as they did at the last look. */
final class ChangedRows {
  private final Function<FeatureRow, Object> look;
  private Map<Place, Object> before = Map.of();

  /**
   * @param look what is seen of a row
   */
  ChangedRows(Function<FeatureRow, Object> look) {
    this.look = look;
  }

  /** Those among the rows of now, at first all. */
  List<FeatureRow> among(List<FeatureRow> rows) {
    Map<Place, Object> now = new HashMap<>();
    rows.forEach(row -> now.put(row.place(), look.apply(row)));
    Map<Place, Object> then = before;
    before = now;
    return rows.stream()
        .filter(row -> !now.get(row.place()).equals(then.get(row.place())))
        .toList();
  }
}
