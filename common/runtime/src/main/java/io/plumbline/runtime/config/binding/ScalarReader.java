package io.plumbline.runtime.config.binding;

import io.plumbline.events.EventJson;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads single values: text, numbers, durations, sizes, times, constants. */
final class ScalarReader {
  /** What is longer is no name, description or pointer; certificates have files. */
  static final int MOST_CHARACTERS = 10_000;

  private final Diagnostics diagnostics;

  ScalarReader(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** Null if the node holds no such value, which is then among the problems. */
  Object read(ScalarNode node, Class<?> type, String path) {
    String text = node.getValue();
    if (text.length() > MOST_CHARACTERS) {
      // Before any pattern runs over it.
      diagnostics.add(
          node,
          path,
          "expected at most %d characters, found %d".formatted(MOST_CHARACTERS, text.length()));
      return null;
    }
    if (type == String.class) {
      return text(node, path);
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.getTag().equals(Tag.BOOL)
          ? Boolean.valueOf(text)
          : diagnostics.expected(node, path, "true or false");
    }
    if (type == Duration.class) {
      Optional<Duration> duration = ConfigDuration.parse(text);
      return duration.isPresent()
          ? duration.get()
          : diagnostics.expected(node, path, "a duration like 500ms, 10s, 5m, 2h or 30d");
    }
    if (type == DataSize.class) {
      Optional<DataSize> size = DataSize.parse(text);
      return size.isPresent()
          ? size.get()
          : diagnostics.expected(node, path, "a size like 512B, 64KiB or 1MiB");
    }
    if (type == Instant.class) {
      return instant(node, path);
    }
    if (type == LocalTime.class) {
      return timeOfDay(node, path);
    }
    if (type == ZoneId.class) {
      return zone(node, path);
    }
    return type.isEnum() ? constant(node, type, path) : number(node, type, path);
  }

  private Object text(ScalarNode node, String path) {
    if (SecretText.hasPasswordInUrl(node.getValue())) {
      diagnostics.add(
          node, path, "expected ${env:NAME} or ${file:PATH}, found a password in clear");
    }
    return node.getValue();
  }

  private Object instant(ScalarNode node, String path) {
    boolean number = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
    try {
      return number
          ? EventJson.time(new BigDecimal(node.getValue()).longValueExact())
          : EventJson.time(node.getValue());
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return diagnostics.expected(node, path, "a time like 2026-11-24T10:00:00Z");
    }
  }

  private Object timeOfDay(ScalarNode node, String path) {
    String text = node.getValue();
    try {
      return text.equals(ScalarText.END_OF_DAY)
          ? LocalTime.MAX
          : LocalTime.parse(text, ScalarText.HOUR_AND_MINUTE);
    } catch (DateTimeException e) {
      return diagnostics.expected(node, path, "a time like 09:00");
    }
  }

  private Object zone(ScalarNode node, String path) {
    try {
      return ZoneId.of(node.getValue());
    } catch (DateTimeException e) {
      return diagnostics.expected(node, path, "a zone like Europe/Berlin");
    }
  }

  private Object number(ScalarNode node, Class<?> type, String path) {
    boolean isLong = type == long.class || type == Long.class;
    boolean whole = isLong || type == int.class || type == Integer.class;
    try {
      if (node.getScalarStyle() != ScalarStyle.PLAIN) {
        return diagnostics.expected(
            node, path, (whole ? "a whole number" : "a number") + " without quotes");
      }
      BigDecimal number = new BigDecimal(node.getValue());
      if (whole) {
        long value = number.longValueExact();
        return isLong ? (Object) value : (Object) Math.toIntExact(value);
      }
      // Double.parseDouble would take Java's suffixes too: 1d is a duration, not a number.
      double value = number.doubleValue();
      return Double.isFinite(value) ? value : diagnostics.expected(node, path, "a finite number");
    } catch (NumberFormatException | ArithmeticException e) {
      return diagnostics.expected(node, path, whole ? "a whole number" : "a number");
    }
  }

  private Object constant(ScalarNode node, Class<?> type, String path) {
    List<String> allowed = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = ScalarText.constant((Enum<?>) constant);
      if (name.equals(node.getValue())) {
        return constant;
      }
      allowed.add(name);
    }
    return diagnostics.expected(node, path, "one of " + String.join(", ", allowed));
  }
}
