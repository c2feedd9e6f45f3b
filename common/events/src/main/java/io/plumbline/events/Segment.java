package io.plumbline.events;

/**
 * The rows that have one value in one column; or a null there; or any value that is no segment by
 * name.
 *
 * @param column its name, without {@code =}
 * @param value null: of rows in which the column is null, or of all other values
 * @param others whether it is of all other values
 */
public record Segment(String column, String value, boolean others) {
  private static final String EMPTY = "\"\"";

  /** The sign behind the column in a segment's text, which no segment column has in its name. */
  public static final String SIGN = "=";

  /**
   * Of the rows with this value.
   *
   * @param value null: without one
   */
  public static Segment of(String column, String value) {
    return new Segment(column, value, false);
  }

  /** Of the rows whose values are no segments by name. */
  public static Segment ofOthers(String column) {
    return new Segment(column, null, true);
  }

  /**
   * {@code COLUMN=VALUE} as results and series have it: {@code COLUMN=} of null, {@code COLUMN=""}
   * of an empty text, {@code COLUMN=__other__} of the others; values that begin with {@code "} or
   * {@code __} in quotation marks.
   */
  public String text() {
    return column + SIGN + valueText();
  }

  private String valueText() {
    if (others) {
      return ReservedNames.OTHER;
    }
    if (value == null) {
      return "";
    }
    return value.isEmpty() ? EMPTY : ReservedNames.quoted(value);
  }

  /**
   * The segment with this text.
   *
   * @throws IllegalArgumentException if it is none, as the empty text of all rows
   */
  public static Segment parse(String text) {
    int sign = text.indexOf(SIGN);
    if (sign < 0) {
      throw new IllegalArgumentException("expected COLUMN=VALUE, found '%s'".formatted(text));
    }
    String column = text.substring(0, sign);
    String value = text.substring(sign + 1);
    if (value.equals(ReservedNames.OTHER)) {
      return ofOthers(column);
    }
    return of(column, value.isEmpty() ? null : ReservedNames.unquoted(value));
  }
}
