package io.plumbline.events;

/**
 * A category and how often each side has it.
 *
 * @param category its name, as {@link ReservedNames#quoted} writes it; {@code __rare__}: the others
 *     that the reference has; {@code __new__}: all that it has not
 */
public record CategoryCount(String category, long reference, long current) {
  /** How many categories are listed by name, the most frequent of the reference. */
  public static final int LISTED = 50;

  private static final String RARE = "__rare__";
  private static final String NEW = "__new__";

  /**
   * A category by name.
   *
   * @param name as the data has it
   */
  public static CategoryCount of(String name, long reference, long current) {
    return new CategoryCount(ReservedNames.quoted(name), reference, current);
  }

  /** All others that the reference has. */
  public static CategoryCount ofRare(long reference, long current) {
    return new CategoryCount(RARE, reference, current);
  }

  /** All that the reference has not. */
  public static CategoryCount ofNew(long current) {
    return new CategoryCount(NEW, 0, current);
  }

  /** Whether it is all others that the reference has. */
  public boolean rare() {
    return category.equals(RARE);
  }

  /** Whether it is all that the reference has not. */
  public boolean unseen() {
    return category.equals(NEW);
  }

  /** Its name as the data has it, of a category by name. */
  public String name() {
    return ReservedNames.unquoted(category);
  }
}
