package io.plumbline.runtime.config.binding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Inline;
import io.plumbline.runtime.config.binding.Limits.OneOrMore;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Writes records as the config has them, with everything that the file left out and that has a
 * default. {@link RecordBinder} makes the same records of it.
 */
public final class ConfigWriter {
  private static final String HIDDEN = "***";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigWriter() {}

  /** One object of all keys, in one line; the same record is bound from it. */
  public static String json(Record record) {
    try {
      return JSON.writeValueAsString(mapping(record));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and single values are always JSON", e);
    }
  }

  /**
   * Of secrets only the placeholder; what stands around one, in the value of an option that holds a
   * secret, is {@code ***}, which cannot be loaded.
   */
  public static String yaml(Record config) {
    DumpSettings settings =
        DumpSettings.builder()
            .setDefaultFlowStyle(FlowStyle.AUTO)
            .setIndicatorIndent(2)
            .setIndentWithIndicator(true)
            .setWidth(160)
            .setSchema(new CoreSchema())
            .build();
    return new Dump(settings).dumpToString(mapping(config));
  }

  private static Map<String, Object> mapping(Record record) {
    Map<String, Object> keys = new LinkedHashMap<>();
    for (RecordComponent component : Shape.of(record.getClass()).components()) {
      Object value = value(component, record);
      if (component.isAnnotationPresent(Inline.class)) {
        keys.putAll(mapping((Record) value));
      } else if (value != null && !(isEmpty(value) && isEmptyByDefault(component))) {
        keys.put(Shape.key(component), plain(value, component));
      }
    }
    return keys;
  }

  private static boolean isEmpty(Object value) {
    return (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static boolean isEmptyByDefault(RecordComponent component) {
    return !component.isAnnotationPresent(Default.class);
  }

  private static Object value(RecordComponent component, Record record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a config record gives what it holds", e);
    }
  }

  private static Object plain(Object value, RecordComponent component) {
    if (value instanceof Record record && Shape.isRecord(record.getClass())) {
      RecordComponent alone = Shape.of(record.getClass()).alone();
      Object single = alone == null ? null : value(alone, record);
      return single == null ? mapping(record) : plain(single, alone);
    }
    if (value instanceof List<?> list) {
      if (list.size() == 1 && component.isAnnotationPresent(OneOrMore.class)) {
        return plain(list.get(0), component);
      }
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(plain(item, component)));
      return items;
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      map.forEach(
          (key, entry) -> {
            boolean secret =
                component.isAnnotationPresent(Secret.class)
                    && SecretText.isSecretOption((String) key);
            entries.put((String) key, secret ? shown((String) entry) : plain(entry, component));
          });
      return entries;
    }
    if (value instanceof String text && component.isAnnotationPresent(Secret.class)) {
      // Of a mapping: an option that holds no secret.
      return component.getType() == String.class ? shown(text) : text;
    }
    if (value instanceof Double number) {
      return ScalarText.isWhole(number) ? (Object) number.longValue() : number;
    }
    return value instanceof Number || value instanceof Boolean ? value : ScalarText.of(value);
  }

  private static String shown(String secret) {
    return SecretText.isPlaceholder(secret) ? secret : HIDDEN;
  }
}
