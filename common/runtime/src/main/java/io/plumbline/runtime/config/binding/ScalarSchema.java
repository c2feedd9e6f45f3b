package io.plumbline.runtime.config.binding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Required;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** The JSON Schema of single values: what {@link ScalarReader} takes. */
final class ScalarSchema {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ANYTHING = "\\S";

  private ScalarSchema() {}

  /**
   * @param component whose value, or whose elements, the values are
   * @param orNull whether the key may stand without a value
   */
  static ObjectNode of(Class<?> type, RecordComponent component, boolean orNull) {
    boolean positive = component.isAnnotationPresent(Positive.class);
    if (type.isEnum()) {
      return constants(type, orNull);
    }
    if (type == String.class) {
      return text(component, orNull);
    }
    if (type == boolean.class || type == Boolean.class) {
      return typed(orNull, "boolean");
    }
    if (type == Duration.class) {
      return typed(orNull, "string")
          .put("pattern", whole(ConfigDuration.FORM_TEXT, positive))
          .put("description", "a duration like 500ms, 10s, 5m, 2h or 30d");
    }
    if (type == DataSize.class) {
      return typed(orNull, "string")
          .put("pattern", whole(DataSize.FORM_TEXT, positive))
          .put("description", "a size like 512B, 64KiB or 1MiB");
    }
    if (type == Instant.class) {
      return typed(orNull, "string", "integer")
          .put("pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T")
          .put("description", "a time like 2026-11-24T10:00:00Z, or epoch milliseconds");
    }
    if (type == LocalTime.class) {
      return typed(orNull, "string")
          .put("pattern", "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")
          .put("description", "a time like 09:00");
    }
    if (type == ZoneId.class) {
      return typed(orNull, "string").put("description", "a zone like Europe/Berlin");
    }
    return number(type, component.getAnnotation(Between.class), orNull);
  }

  /** What the values of a mapping's secret options are: text with a placeholder. */
  static ObjectNode secretOption() {
    return typed(false, "string").put("pattern", SecretText.PLACEHOLDER_FORM);
  }

  /** A schema of these types, and null. */
  static ObjectNode typed(boolean orNull, String... types) {
    ObjectNode schema = JSON.createObjectNode();
    if (types.length == 1 && !orNull) {
      return schema.put("type", types[0]);
    }
    ArrayNode all = schema.putArray("type");
    List.of(types).forEach(all::add);
    if (orNull) {
      all.add("null");
    }
    return schema;
  }

  private static ObjectNode constants(Class<?> type, boolean orNull) {
    ObjectNode schema = JSON.createObjectNode();
    ArrayNode names = schema.putArray("enum");
    for (Object constant : type.getEnumConstants()) {
      names.add(ScalarText.constant((Enum<?>) constant));
    }
    if (orNull) {
      names.addNull();
    }
    return schema;
  }

  /** What YAML takes for a number or for true is a text where a text is expected. */
  private static ObjectNode text(RecordComponent component, boolean orNull) {
    boolean single = component.getType() == String.class;
    if (single && component.isAnnotationPresent(Secret.class)) {
      return typed(orNull, "string")
          .put("pattern", "^" + SecretText.PLACEHOLDER_FORM + "$")
          .put("description", "${env:NAME} or ${file:PATH}, never the secret itself");
    }
    ObjectNode schema = typed(orNull, "string", "number", "boolean");
    return single && component.isAnnotationPresent(Required.class)
        ? schema.put("pattern", ANYTHING)
        : schema;
  }

  private static ObjectNode number(Class<?> type, Between between, boolean orNull) {
    boolean decimal = type == double.class || type == Double.class;
    ObjectNode schema = typed(orNull, decimal ? "number" : "integer");
    double greatest = between == null ? Double.POSITIVE_INFINITY : between.greatest();
    if (type == int.class || type == Integer.class) {
      greatest = Math.min(greatest, Integer.MAX_VALUE);
    }
    if (between != null) {
      bound(schema, between.above() ? "exclusiveMinimum" : "minimum", between.least());
    }
    if (greatest != Double.POSITIVE_INFINITY) {
      bound(schema, "maximum", greatest);
    }
    return schema;
  }

  private static void bound(ObjectNode schema, String keyword, double bound) {
    if (bound == Math.rint(bound)) {
      schema.put(keyword, (long) bound);
    } else {
      schema.put(keyword, bound);
    }
  }

  private static String whole(String form, boolean positive) {
    return positive ? "^(?=.*[1-9])" + form + "$" : "^" + form + "$";
  }
}
