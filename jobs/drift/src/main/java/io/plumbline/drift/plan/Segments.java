package io.plumbline.drift.plan;

import io.plumbline.events.Segment;
import io.plumbline.runtime.segment.SegmentColumn;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The segments of a run, numbered: 0 is everything; then those of each column. */
public final class Segments implements Serializable {
  private static final long serialVersionUID = 1;

  /** The number of the segment of all rows. */
  public static final int WHOLE = 0;

  /** The number of no segment. */
  public static final int NONE = -1;

  private final List<OfColumn> columns = new ArrayList<>();
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** The segments of a column, and the number of the first of them. */
  public record OfColumn(SegmentColumn column, int first) implements Serializable {

    /** The segment of rows in which the column is null. */
    public int ofNull() {
      return first + column.ofNull();
    }

    /** The segment of all values without a name. */
    public int ofOthers() {
      return first + column.ofOthers();
    }

    /** The segment of a value. */
    public int number(byte[] utf8) {
      return first + column.number(new String(utf8, StandardCharsets.UTF_8));
    }
  }

  private Segments(List<SegmentColumn> by) {
    texts.add("");
    for (SegmentColumn column : by) {
      columns.add(new OfColumn(column, texts.size()));
      for (int number = 0; number < column.size(); number++) {
        texts.add(column.text(number));
      }
    }
    for (int segment = 0; segment < texts.size(); segment++) {
      numbers.put(texts.get(segment), segment);
    }
  }

  /** Everything alone. */
  public static Segments none() {
    return of(List.of());
  }

  public static Segments of(List<SegmentColumn> columns) {
    return new Segments(columns);
  }

  public List<OfColumn> columns() {
    return columns;
  }

  /** How many there are, the empty one included. */
  public int size() {
    return texts.size();
  }

  /**
   * The number of the segment that holds what the segment with this text held elsewhere: the one
   * with the same text, else the one of all values without a name; {@link #NONE} if rows are not
   * segmented by its column.
   */
  public int numberOf(String text) {
    Integer same = numbers.get(text);
    if (same != null) {
      return same;
    }
    String name = Segment.parse(text).column();
    return columns.stream()
        .filter(by -> by.column.name().equals(name))
        .findFirst()
        .map(OfColumn::ofOthers)
        .orElse(NONE);
  }

  /** {@code COLUMN=VALUE}, or nothing for the empty segment. */
  public String text(int segment) {
    return texts.get(segment);
  }
}
