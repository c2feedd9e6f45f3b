package io.plumbline.runtime.config.binding;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.runtime.config.binding.Limits.Alone;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Inline;
import io.plumbline.runtime.config.binding.Limits.Keys;
import io.plumbline.runtime.config.binding.Limits.NotEmpty;
import io.plumbline.runtime.config.binding.Limits.OneOrMore;
import io.plumbline.runtime.config.binding.Limits.Required;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The JSON Schema (draft 2020-12) of what {@link RecordBinder} takes for a record, made of the same
 * components and annotations. As in the file, a key without a value is an absent one.
 */
public final class RecordSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObjectNode definitions = JSON.createObjectNode();

  private RecordSchema() {}

  /** The schema of a mapping, with {@code $defs} of the records below it. */
  public static ObjectNode of(Class<? extends Record> type) {
    RecordSchema parts = new RecordSchema();
    ObjectNode schema = parts.mapping(type);
    schema.set("$defs", parts.definitions);
    return schema;
  }

  private ObjectNode mapping(Class<?> type) {
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    ObjectNode properties = JSON.createObjectNode();
    ArrayNode required = JSON.createArrayNode();
    collect(type, properties, required);
    schema.set("properties", properties);
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    return schema.put("additionalProperties", false);
  }

  private void collect(Class<?> type, ObjectNode properties, ArrayNode required) {
    for (RecordComponent component : Shape.of(type).components()) {
      if (component.isAnnotationPresent(Inline.class)) {
        collect(component.getType(), properties, required);
      } else if (!component.isAnnotationPresent(Alone.class)) {
        String key = Shape.key(component);
        if (component.isAnnotationPresent(Required.class)) {
          required.add(key);
        }
        properties.set(key, property(component));
      }
    }
  }

  private ObjectNode property(RecordComponent component) {
    boolean needed = component.isAnnotationPresent(Required.class);
    ObjectNode schema = value(component.getGenericType(), component, !needed);
    Default standard = component.getAnnotation(Default.class);
    if (standard != null && !standard.value().equals("{}")) {
      Object value = new Load(LoadSettings.builder().build()).loadFromString(standard.value());
      schema.set("default", JSON.valueToTree(value));
    } else if (component.getType() == boolean.class) {
      schema.put("default", false);
    }
    return schema;
  }

  private ObjectNode value(Type type, RecordComponent component, boolean orNull) {
    if (type instanceof ParameterizedType generic) {
      Type element = Shape.elementType(generic);
      return generic.getRawType() == List.class
          ? list(element, component, orNull)
          : map(element, component, orNull);
    }
    return Shape.isRecord(type)
        ? reference((Class<?>) type, orNull)
        : ScalarSchema.of((Class<?>) type, component, orNull);
  }

  private ObjectNode list(Type element, RecordComponent component, boolean orNull) {
    if (component.isAnnotationPresent(OneOrMore.class)) {
      ObjectNode many = ScalarSchema.typed(orNull, "array");
      many.set("items", value(element, component, false));
      return anyOf(value(element, component, false), many);
    }
    ObjectNode schema = ScalarSchema.typed(orNull, "array");
    schema.set("items", value(element, component, false));
    return mayBeEmpty(component, orNull) ? schema : schema.put("minItems", 1);
  }

  private ObjectNode map(Type element, RecordComponent component, boolean orNull) {
    ObjectNode schema = ScalarSchema.typed(orNull, "object");
    Keys keys = component.getAnnotation(Keys.class);
    // A mapping below a key may be empty, a single value may not.
    boolean emptyElement = Shape.isRecord(element);
    if (keys == null) {
      schema.set("additionalProperties", value(element, component, emptyElement));
      if (component.isAnnotationPresent(Secret.class)) {
        schema.set(
            "patternProperties",
            JSON.createObjectNode()
                .set(SecretText.SECRET_OPTION_FORM, ScalarSchema.secretOption()));
      }
    } else {
      ObjectNode properties = JSON.createObjectNode();
      for (String key : keys.value()) {
        properties.set(key, value(element, component, emptyElement));
      }
      schema.set("properties", properties);
      schema.put("additionalProperties", false);
    }
    return mayBeEmpty(component, orNull) ? schema : schema.put("minProperties", 1);
  }

  private static boolean mayBeEmpty(RecordComponent component, boolean orNull) {
    return orNull && !component.isAnnotationPresent(NotEmpty.class);
  }

  private ObjectNode reference(Class<?> type, boolean orNull) {
    String name =
        type.getSimpleName()
            .replaceFirst("(.)Config$", "$1")
            .replaceAll("(.)([A-Z])", "$1_$2")
            .toLowerCase(Locale.ROOT);
    if (!definitions.has(name)) {
      // Before what is below it, which may be of the same type.
      definitions.putNull(name);
      definitions.set(name, mapping(type));
    }
    ObjectNode reference = JSON.createObjectNode().put("$ref", "#/$defs/" + name);
    RecordComponent alone = Shape.of(type).alone();
    ObjectNode schema =
        alone == null
            ? reference
            : anyOf(ScalarSchema.of(alone.getType(), alone, false), reference);
    return orNull ? anyOf(schema, ScalarSchema.typed(false, "null")) : schema;
  }

  private static ObjectNode anyOf(ObjectNode one, ObjectNode other) {
    ObjectNode schema = JSON.createObjectNode();
    schema.putArray("anyOf").add(one).add(other);
    return schema;
  }
}
