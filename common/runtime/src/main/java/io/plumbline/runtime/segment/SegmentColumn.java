package io.plumbline.runtime.segment;

import io.plumbline.events.FeatureSegment;
import io.plumbline.events.FeatureValues;
import io.plumbline.events.Segment;
import java.io.Serializable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A column by whose values rows are cut into segments, numbered from 0: the values by name, in the
 * order of their names, then the null, then all other values. Immutable; finding the segment of a
 * value makes no object.
 */
public final class SegmentColumn implements Serializable {
  private static final long serialVersionUID = 1;

  /** As {@link Long#toString} writes them, but for the range. */
  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]*");

  private final String name;
  private final List<String> texts = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private final long[] integers;
  private final int[] ofIntegers;

  private SegmentColumn(String name, Iterable<String> values) {
    this.name = name;
    for (String value : values) {
      numbers.put(value, texts.size());
      texts.add(Segment.of(name, value).text());
    }
    texts.add(Segment.of(name, null).text());
    texts.add(Segment.ofOthers(name).text());
    integers =
        numbers.keySet().stream()
            .filter(SegmentColumn::isLong)
            .mapToLong(Long::parseLong)
            .sorted()
            .toArray();
    ofIntegers = Arrays.stream(integers).mapToInt(i -> numbers.get(Long.toString(i))).toArray();
  }

  /**
   * A column of which some values are segments by name.
   *
   * @param values in the order in which they are taken
   * @param most values that are taken ({@code max_values})
   */
  public static SegmentColumn of(String name, List<String> values, int most) {
    return new SegmentColumn(name, new TreeSet<>(values.subList(0, Math.min(most, values.size()))));
  }

  private static boolean isLong(String value) {
    return INTEGER.matcher(value).matches() && new BigInteger(value).bitLength() < Long.SIZE;
  }

  public String name() {
    return name;
  }

  /** How many segments there are, those of null and of others included. */
  public int size() {
    return texts.size();
  }

  /** The segment of rows in which the column is null. */
  public int ofNull() {
    return texts.size() - 2;
  }

  /** The segment of all values without a name. */
  public int ofOthers() {
    return texts.size() - 1;
  }

  /**
   * The segment of a value.
   *
   * @param value null: there is none
   */
  public int number(String value) {
    if (value == null) {
      return ofNull();
    }
    Integer number = numbers.get(value);
    return number == null ? ofOthers() : number;
  }

  /** The segment of a whole number. */
  public int number(long value) {
    int found = Arrays.binarySearch(integers, value);
    return found < 0 ? ofOthers() : ofIntegers[found];
  }

  /**
   * The segment of an event's feature.
   *
   * @param index of the feature
   */
  public int number(FeatureValues values, int index) {
    return switch (FeatureSegment.kind(values, index)) {
      case NULL -> ofNull();
      case TEXT -> number(FeatureSegment.text(values, index));
      case INTEGER -> number(FeatureSegment.integer(values, index));
      case NOTHING -> ofOthers();
    };
  }

  /**
   * The segment that an answer has been given for this column.
   *
   * @param segment null: the answer has none
   */
  public int numberOf(Segment segment) {
    return segment != null && segment.others()
        ? ofOthers()
        : number(segment == null ? null : segment.value());
  }

  /** The text of a segment, as {@link Segment} writes it. */
  public String text(int number) {
    return texts.get(number);
  }
}
