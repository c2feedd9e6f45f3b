package io.plumbline.events;

/**
 * By what a feature's value is told from others where predictions are cut by it: one rule for all
 * jobs, whatever they make of it.
 */
public final class FeatureSegment {
  /** Whole doubles below this are exact, and written without an exponent by whoever sends them. */
  private static final double MOST_WHOLE = 1e15;

  private FeatureSegment() {}

  /** What a value is told by. */
  public enum Kind {
    /** There is no value. */
    NULL,
    /** {@link FeatureSegment#text}; of booleans too. */
    TEXT,
    /** {@link FeatureSegment#integer}; 7.0 is 7. */
    INTEGER,
    /** Nothing: fractions, vectors and objects have no name, and are never a segment by name. */
    NOTHING
  }

  /**
   * What the value is told by.
   *
   * @param index of the feature
   */
  public static Kind kind(FeatureValues values, int index) {
    return switch (values.kind(index)) {
      case ABSENT, NULL -> Kind.NULL;
      case TEXT, BOOLEAN -> Kind.TEXT;
      case INTEGER -> Kind.INTEGER;
      case NUMBER -> isWhole(values.number(index)) ? Kind.INTEGER : Kind.NOTHING;
      case VECTOR, OTHER -> Kind.NOTHING;
    };
  }

  private static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < MOST_WHOLE;
  }

  /** Of a {@link Kind#TEXT}. */
  public static String text(FeatureValues values, int index) {
    return values.kind(index) == ValueKind.BOOLEAN
        ? Boolean.toString(values.integer(index) == 1)
        : values.text(index);
  }

  /** Of an {@link Kind#INTEGER}. */
  public static long integer(FeatureValues values, int index) {
    return values.kind(index) == ValueKind.INTEGER
        ? values.integer(index)
        : (long) values.number(index);
  }

  /** The segment of a value; which values are segments by name is for others to say. */
  public static Segment of(String column, FeatureValues values, int index) {
    return switch (kind(values, index)) {
      case NULL -> Segment.of(column, null);
      case TEXT -> Segment.of(column, text(values, index));
      case INTEGER -> Segment.of(column, Long.toString(integer(values, index)));
      case NOTHING -> Segment.ofOthers(column);
    };
  }
}
