package io.plumbline.runtime.config;

import io.plumbline.runtime.config.Limits.AsWritten;
import io.plumbline.runtime.config.Limits.Between;
import io.plumbline.runtime.config.Limits.Default;
import io.plumbline.runtime.config.Limits.Inline;
import io.plumbline.runtime.config.Limits.KeyName;
import io.plumbline.runtime.config.Limits.Keys;
import io.plumbline.runtime.config.Limits.Positive;
import io.plumbline.runtime.config.Limits.Required;
import io.plumbline.runtime.config.Limits.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Binds YAML to records, whose components are the schema: {@code noiseAlpha} is the key {@code
 * noise_alpha}. Every problem is reported with its line; a record is made of what is right.
 */
final class RecordBinder {
  /** Thousands of features leave the same keys out: each default is parsed once. */
  private static final Map<String, Node> DEFAULTS = new ConcurrentHashMap<>();

  private final Problems problems;

  RecordBinder(Problems problems) {
    this.problems = problems;
  }

  /** An absent node gives the record's defaults. */
  <R extends Record> R bind(Node node, Class<R> type, String path) {
    Map<String, Node> keys = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      collect(mapping, known(type), keys, path);
    } else if (node != null && !isNull(node)) {
      expected(node, path, "a mapping of keys");
    }
    return create(type, keys, path, line(node));
  }

  private void collect(
      MappingNode mapping, Set<String> known, Map<String, Node> keys, String path) {
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      String at = join(path, key);
      if (!known.contains(key)) {
        problems.add(line(entry.getKeyNode()), at, "unknown key" + NearestName.hint(key, known));
      } else if (keys.putIfAbsent(key, entry.getValueNode()) != null) {
        problems.add(line(entry.getKeyNode()), at, "the key stands twice");
      }
    }
  }

  /** The keys that a mapping of this type may have. */
  static Set<String> known(Class<?> type) {
    Set<String> names = new LinkedHashSet<>();
    for (RecordComponent component : type.getRecordComponents()) {
      if (component.isAnnotationPresent(Inline.class)) {
        names.addAll(known(component.getType()));
      } else {
        names.add(key(component));
      }
    }
    return names;
  }

  private <R extends Record> R create(
      Class<R> type, Map<String, Node> keys, String path, int line) {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      if (component.isAnnotationPresent(Inline.class)) {
        values[i] = create(component.getType().asSubclass(Record.class), keys, path, line);
        continue;
      }
      Node node = keys.get(key(component));
      if (component.isAnnotationPresent(Required.class)) {
        require(node, join(path, key(component)), line);
      }
      values[i] = value(component, node, join(path, key(component)));
    }
    return instantiate(type, values);
  }

  private void require(Node node, String path, int line) {
    if (node == null) {
      problems.add(line, path, "expected this key, which is missing");
    } else if (isNull(node) || (node instanceof ScalarNode scalar && scalar.getValue().isBlank())) {
      problems.add(line(node), path, "expected a value, found none");
    }
  }

  private static <R extends Record> R instantiate(Class<R> type, Object[] values) {
    try {
      Class<?>[] types =
          Arrays.stream(type.getRecordComponents())
              .map(RecordComponent::getType)
              .toArray(Class<?>[]::new);
      Constructor<R> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a config record takes whatever its keys may hold", e);
    }
  }

  private Object value(RecordComponent component, Node node, String path) {
    Default standard = component.getAnnotation(Default.class);
    Type type = component.getGenericType();
    if (node == null || isNull(node)) {
      return standard == null ? absent(type, path) : bind(parse(standard.value()), type, path);
    }
    Object value = bind(node, type, path);
    check(component, node, value, path);
    Between between = component.getAnnotation(Between.class);
    if (value instanceof Number number && between != null && !within(number, between)) {
      expected(node, path, range(between));
      value = null;
    }
    if (value == null && standard != null) {
      return bind(parse(standard.value()), type, path);
    }
    return value == null ? absent(type, path) : value;
  }

  private void check(RecordComponent component, Node node, Object value, String path) {
    Keys keys = component.getAnnotation(Keys.class);
    if (keys != null && node instanceof MappingNode mapping) {
      List<String> known = List.of(keys.value());
      for (NodeTuple entry : mapping.getValue()) {
        String key = text(entry.getKeyNode());
        if (!known.contains(key)) {
          problems.add(
              line(entry.getKeyNode()),
              join(path, key),
              "unknown key" + NearestName.hint(key, known));
        }
      }
    }
    if (component.isAnnotationPresent(Positive.class)) {
      List<?> durations =
          value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
      if (durations.stream().anyMatch(Duration.ZERO::equals)) {
        problems.add(line(node), path, "expected a duration longer than nothing");
      }
    }
    if (component.isAnnotationPresent(Secret.class)
        && value instanceof String text
        && !SecretText.isPlaceholder(text)) {
      problems.add(
          line(node), path, "expected ${env:NAME} or ${file:PATH}, found a secret in clear");
    }
  }

  private static Node parse(String yaml) {
    return DEFAULTS.computeIfAbsent(
        yaml,
        text -> new Compose(LoadSettings.builder().build()).composeString(text).orElseThrow());
  }

  private Object absent(Type type, String path) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class || type == long.class || type == double.class) {
      throw new AssertionError(path + ": a number without a default");
    }
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == List.class ? List.of() : Map.of();
    }
    return null;
  }

  static boolean within(Number number, Between between) {
    double value = number.doubleValue();
    return (between.above() ? value > between.least() : value >= between.least())
        && value <= between.greatest();
  }

  static String range(Between between) {
    String least = (between.above() ? "above " : "at least ") + plain(between.least());
    return between.greatest() == Double.POSITIVE_INFINITY
        ? "a number " + least
        : "a number " + least + " and at most " + plain(between.greatest());
  }

  private static String plain(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private Object bind(Node node, Type type, String path) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == List.class
          ? list(node, parameterized.getActualTypeArguments()[0], path)
          : map(node, parameterized.getActualTypeArguments()[1], path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw.isRecord() && raw != DataSize.class) {
      return bind(node, raw.asSubclass(Record.class), path);
    }
    if (!(node instanceof ScalarNode scalar)) {
      expected(node, path, "a single value");
      return null;
    }
    return scalar(scalar, raw, path);
  }

  private List<Object> list(Node node, Type element, String path) {
    List<Object> values = new ArrayList<>();
    if (!(node instanceof SequenceNode sequence)) {
      expected(node, path, "a list");
      return values;
    }
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Object value = bind(sequence.getValue().get(i), element, path + "[" + i + "]");
      if (value != null) {
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Map<String, Object> map(Node node, Type element, String path) {
    Map<String, Object> values = new TreeMap<>();
    if (!(node instanceof MappingNode mapping)) {
      expected(node, path, "a mapping of keys");
      return values;
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      Object value = bind(entry.getValueNode(), element, join(path, key));
      if (value != null && values.put(key, value) != null) {
        problems.add(line(entry.getKeyNode()), join(path, key), "the key stands twice");
      }
    }
    return values;
  }

  private Object scalar(ScalarNode node, Class<?> type, String path) {
    String text = node.getValue();
    if (type == String.class) {
      return text;
    }
    if (type == boolean.class || type == Boolean.class) {
      if (!node.getTag().equals(Tag.BOOL)) {
        return expected(node, path, "true or false");
      }
      return Boolean.valueOf(text);
    }
    if (type == Duration.class) {
      Optional<Duration> duration = ConfigDuration.parse(text);
      return duration.isPresent()
          ? duration.get()
          : expected(node, path, "a duration like 500ms, 10s, 5m, 2h or 30d");
    }
    if (type == LocalTime.class || type == ZoneId.class) {
      return ofTheClock(node, type, path);
    }
    if (type == DataSize.class) {
      Optional<DataSize> size = DataSize.parse(text);
      return size.isPresent()
          ? size.get()
          : expected(node, path, "a size like 512B, 64KiB or 1MiB");
    }
    if (type.isEnum()) {
      return constant(node, type, path);
    }
    return number(node, type, path);
  }

  private Object ofTheClock(ScalarNode node, Class<?> type, String path) {
    try {
      return type == LocalTime.class
          ? LocalTime.parse(node.getValue())
          : ZoneId.of(node.getValue());
    } catch (DateTimeException e) {
      return expected(
          node, path, type == LocalTime.class ? "a time like 09:00" : "a zone like Europe/Berlin");
    }
  }

  private Object number(ScalarNode node, Class<?> type, String path) {
    boolean whole =
        type == int.class || type == Integer.class || type == long.class || type == Long.class;
    try {
      if (whole) {
        long value = Long.parseLong(node.getValue());
        return type == long.class || type == Long.class
            ? (Object) value
            : (Object) Math.toIntExact(value);
      }
      // Double.parseDouble would take Java's suffixes too: 1d is a duration, not a number.
      double value = new BigDecimal(node.getValue()).doubleValue();
      return Double.isFinite(value) ? value : expected(node, path, "a finite number");
    } catch (NumberFormatException | ArithmeticException e) {
      return expected(node, path, whole ? "a whole number" : "a number");
    }
  }

  private Object constant(ScalarNode node, Class<?> type, String path) {
    List<String> allowed = new ArrayList<>();
    for (Object constant : type.getEnumConstants()) {
      String name = name(constant, type);
      if (name.equals(node.getValue())) {
        return constant;
      }
      allowed.add(name);
    }
    return expected(node, path, "one of " + String.join(", ", allowed));
  }

  static String name(Object constant, Class<?> type) {
    String name = ((Enum<?>) constant).name();
    return type.isAnnotationPresent(AsWritten.class) ? name : name.toLowerCase(Locale.ROOT);
  }

  private Object expected(Node node, String path, String expected) {
    String found =
        node instanceof ScalarNode scalar
            ? "\"" + scalar.getValue() + "\""
            : node instanceof SequenceNode ? "a list" : "a mapping";
    problems.add(line(node), path, "expected %s, found %s".formatted(expected, found));
    return null;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.toString();
  }

  private static int line(Node node) {
    return node == null ? 0 : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String key(RecordComponent component) {
    if (component.isAnnotationPresent(KeyName.class)) {
      return component.getAnnotation(KeyName.class).value();
    }
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
