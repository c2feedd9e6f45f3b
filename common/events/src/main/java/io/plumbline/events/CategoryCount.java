package io.plumbline.events;

/**
 * A category and how often each side has it.
 *
 * @param category its name; {@code __rare__}: the others that the reference has; {@code __new__}:
 *     all that it has not
 */
public record CategoryCount(String category, long reference, long current) {
  /** How many categories are listed by name, the most frequent of the reference. */
  public static final int LISTED = 50;

  /** All others that the reference has. */
  public static final String RARE = "__rare__";

  /** All that the reference has not. */
  public static final String NEW = "__new__";
}
