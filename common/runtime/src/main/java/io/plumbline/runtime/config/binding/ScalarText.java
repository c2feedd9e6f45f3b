package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.config.binding.Limits.AsWritten;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The text of single values, as the file would have them. */
public final class ScalarText {
  /** The end of a day, {@link LocalTime#MAX}. */
  static final String END_OF_DAY = "24:00";

  static final DateTimeFormatter HOUR_AND_MINUTE =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  private ScalarText() {}

  /** The text of which {@link RecordBinder} makes the same value. */
  public static String of(Object value) {
    if (value instanceof Duration duration) {
      return ConfigDuration.format(duration);
    }
    if (value instanceof LocalTime time) {
      return time.equals(LocalTime.MAX) ? END_OF_DAY : HOUR_AND_MINUTE.format(time);
    }
    return value instanceof Enum<?> constant ? constant(constant) : value.toString();
  }

  /** A number for messages, without a fraction where it has none. */
  public static String number(double value) {
    return isWhole(value) ? Long.toString((long) value) : Double.toString(value);
  }

  /**
   * Whether the number is an integer that a {@code double} and a person tell from its neighbours.
   */
  static boolean isWhole(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15;
  }

  /** In lower case, unless its type is {@link AsWritten}. */
  static String constant(Enum<?> constant) {
    return constant.getDeclaringClass().isAnnotationPresent(AsWritten.class)
        ? constant.name()
        : constant.name().toLowerCase(Locale.ROOT);
  }
}
