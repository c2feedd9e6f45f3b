package io.plumbline.drift.plan;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The segments of a run, numbered: 0 is everything; then, column by column, the named values, the
 * null and the rest.
 */
public final class Segments implements Serializable {
  private static final long serialVersionUID = 1;
  private static final String OTHER = "__other__";

  /** The number of no segment. */
  public static final int NONE = -1;

  private final List<SegmentColumn> columns;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  /** A column, its named values and the number of the first of its segments. */
  public record SegmentColumn(InputFiles.InputColumn column, List<String> values, int first)
      implements Serializable {

    /** The segment of rows in which the column is null. */
    public int ofNull() {
      return first + values.size();
    }

    /** The segment of all values without a name. */
    public int ofOthers() {
      return first + values.size() + 1;
    }

    /** Segment numbers by the values' UTF-8 text. */
    public Map<String, Integer> byValue() {
      Map<String, Integer> numbers = new HashMap<>();
      for (int i = 0; i < values.size(); i++) {
        numbers.put(values.get(i), first + i);
      }
      return numbers;
    }
  }

  private Segments(List<SegmentColumn> columns) {
    this.columns = columns;
    texts.add("");
    for (SegmentColumn column : columns) {
      for (String value : column.values) {
        texts.add(column.column.name() + "=" + value);
      }
      texts.add(column.column.name() + "=");
      texts.add(column.column.name() + "=" + OTHER);
    }
    for (int segment = 0; segment < texts.size(); segment++) {
      numbers.put(texts.get(segment), segment);
    }
  }

  public static Segments none() {
    return new Segments(List.of());
  }

  /**
   * @param values the named values of each column, in order
   */
  public static Segments of(List<InputFiles.InputColumn> columns, List<List<String>> values) {
    List<SegmentColumn> numbered = new ArrayList<>();
    int next = 1;
    for (int i = 0; i < columns.size(); i++) {
      numbered.add(new SegmentColumn(columns.get(i), values.get(i), next));
      next += values.get(i).size() + 2;
    }
    return new Segments(numbered);
  }

  public List<SegmentColumn> columns() {
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
    return columns.stream()
        .filter(by -> text.startsWith(by.column.name() + "="))
        .findFirst()
        .map(SegmentColumn::ofOthers)
        .orElse(NONE);
  }

  /** {@code COLUMN=VALUE}, or nothing for the empty segment. */
  public String text(int segment) {
    return texts.get(segment);
  }

  /** The text's bytes, as a segment's value is looked up. */
  public static String value(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
