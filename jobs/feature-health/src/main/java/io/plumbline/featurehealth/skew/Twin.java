package io.plumbline.featurehealth.skew;

/**
 * One value of a sampled entity, that waits for the value of the other origin. Public and flat, so
 * that Flink keeps it without Kryo.
 *
 * @param entity and time: what the two have in common
 * @param online whether it is what models are served
 * @param kind of the value: {@link #NUMBER}, {@link #TEXT} or {@link #MISSING}
 * @param tolerance by which two numbers may differ
 * @param relative whether that is a share of the greater of them
 */
public record Twin(
    String feature,
    String entity,
    long time,
    boolean online,
    int kind,
    double number,
    String text,
    double tolerance,
    boolean relative) {
  static final int MISSING = 0;
  static final int NUMBER = 1;
  static final int TEXT = 2;

  /** Under which the two meet, among those of their feature. */
  String meeting() {
    return time + "/" + entity;
  }

  /** Whether the two say the same of the entity; NaN is the same as NaN. */
  boolean agreesWith(Twin other) {
    if (kind != other.kind) {
      return false;
    }
    return switch (kind) {
      case NUMBER -> agrees(number, other.number);
      case TEXT -> text.equals(other.text);
      default -> true;
    };
  }

  private boolean agrees(double one, double two) {
    if (one == two || (Double.isNaN(one) && Double.isNaN(two))) {
      return true;
    }
    double greater = Math.max(Math.abs(one), Math.abs(two));
    // Of an infinity and a number the difference is infinite.
    return Math.abs(one - two) <= (relative ? tolerance * greater : tolerance)
        && Double.isFinite(greater);
  }

  /** Whether there is a difference that can be averaged. */
  boolean differsFinitelyFrom(Twin other) {
    return kind == NUMBER
        && other.kind == NUMBER
        && Double.isFinite(number)
        && Double.isFinite(other.number)
        && Double.isFinite(number - other.number);
  }
}
