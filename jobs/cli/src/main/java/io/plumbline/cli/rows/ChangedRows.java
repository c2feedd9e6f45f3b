package io.plumbline.cli.rows;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds the rows that do not look as they did at the last look.
 *
 * @param <R> the row
 */
public final class ChangedRows<R> {
  private final Function<R, ?> place;
  private final Function<R, ?> look;
  private Map<Object, Object> before = Map.of();

  /**
   * @param place what a row is about
   * @param look what is seen of it
   */
  public ChangedRows(Function<R, ?> place, Function<R, ?> look) {
    this.place = place;
    this.look = look;
  }

  /** Those among the rows of now, at first all. */
  public List<R> among(List<R> rows) {
    Map<Object, Object> now = new HashMap<>();
    rows.forEach(row -> now.put(place.apply(row), look.apply(row)));
    Map<Object, Object> then = before;
    before = now;
    return rows.stream()
        .filter(row -> !look.apply(row).equals(then.get(place.apply(row))))
        .toList();
  }
}
