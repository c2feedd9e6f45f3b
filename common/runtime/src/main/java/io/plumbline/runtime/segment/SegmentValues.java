package io.plumbline.runtime.segment;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of a reference's column that are segments by name.
 *
 * @param values those with most rows first, of equals the first by code points
 */
public record SegmentValues(String column, List<ValueRows> values) implements Serializable {

  /** A value and how many rows of the reference have it. */
  public record ValueRows(String value, long rows) implements Serializable {
    private static final Comparator<ValueRows> MOST_FIRST =
        Comparator.comparingLong((ValueRows value) -> -value.rows)
            .thenComparing(
                value -> value.value.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);
  }

  /** Those with most rows, at most so many. */
  public SegmentValues first(int most) {
    return new SegmentValues(column, List.copyOf(values.subList(0, Math.min(most, values.size()))));
  }

  /** The values in order. */
  public List<String> names() {
    return values.stream().map(ValueRows::value).toList();
  }

  /**
   * Those of several references together: values that are segments by name in each of them.
   *
   * @param all of the same column, one of each reference
   */
  public static SegmentValues common(List<SegmentValues> all) {
    Map<String, Long> rows = new LinkedHashMap<>();
    all.get(0).values.forEach(value -> rows.put(value.value, 0L));
    for (SegmentValues one : all) {
      rows.keySet().retainAll(one.names());
      one.values.forEach(
          value -> rows.computeIfPresent(value.value, (name, sum) -> sum + value.rows));
    }
    List<ValueRows> common = new ArrayList<>();
    rows.forEach((value, sum) -> common.add(new ValueRows(value, sum)));
    common.sort(ValueRows.MOST_FIRST);
    return new SegmentValues(all.get(0).column, List.copyOf(common));
  }
}
