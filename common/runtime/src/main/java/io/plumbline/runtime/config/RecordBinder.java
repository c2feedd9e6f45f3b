package io.plumbline.runtime.config;

import io.plumbline.events.EventJson;
import io.plumbline.runtime.config.Limits.AsWritten;
import io.plumbline.runtime.config.Limits.Between;
import io.plumbline.runtime.config.Limits.Default;
import io.plumbline.runtime.config.Limits.Inline;
import io.plumbline.runtime.config.Limits.KeyName;
import io.plumbline.runtime.config.Limits.Keys;
import io.plumbline.runtime.config.Limits.Positive;
import io.plumbline.runtime.config.Limits.Required;
import io.plumbline.runtime.config.Limits.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.CollectionNode;
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

  private static final DateTimeFormatter HOUR_AND_MINUTE = DateTimeFormatter.ofPattern("HH:mm");

  private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

  /** What is longer is no name, description or pointer; certificates have files. */
  private static final int MOST_CHARACTERS = 10_000;

  /** Of a wrong value so much is shown, in characters. */
  private static final int MOST_SHOWN = 60;

  private final Problems problems;
  private final Map<String, Integer> lines = new HashMap<>();
  private final Set<String> secrets = new HashSet<>();

  /** Whether what is being bound is a default, which stands nowhere in the file. */
  private boolean standard;

  RecordBinder(Problems problems) {
    this.problems = problems;
  }

  /** Where a key stood, by its path, so that rules between keys can say so; 0: nowhere. */
  int line(String path) {
    return lines.getOrDefault(path, 0);
  }

  void stands(String path, Node node) {
    if (!standard) {
      lines.putIfAbsent(path, line(node));
    }
  }

  /** An absent node gives the record's defaults. */
  <R extends Record> R bind(Node node, Class<R> type, String path) {
    Map<String, Node> keys = new LinkedHashMap<>();
    if (node instanceof MappingNode mapping) {
      collect(mapping, Shape.of(type).keys(), keys, path);
    } else if (node != null && !isNull(node)) {
      if (path.isEmpty() || holdsSecrets(type)) {
        secrets.add(path);
      }
      expected(node, path, "a mapping of keys");
      return create(type, keys, path, line(node), false);
    }
    return create(type, keys, path, line(node), true);
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
      } else {
        stands(at, entry.getKeyNode());
      }
    }
  }

  /**
   * @param whole whether required keys that are missing are problems: not where all of it is one
   */
  private <R extends Record> R create(
      Class<R> type, Map<String, Node> keys, String path, int line, boolean whole) {
    List<RecordComponent> components = Shape.of(type).components();
    Object[] values = new Object[components.size()];
    for (int i = 0; i < values.length; i++) {
      RecordComponent component = components.get(i);
      if (component.isAnnotationPresent(Inline.class)) {
        values[i] = create(component.getType().asSubclass(Record.class), keys, path, line, whole);
        continue;
      }
      Node node = keys.get(key(component));
      String at = join(path, key(component));
      boolean there =
          !whole
              || !component.isAnnotationPresent(Required.class)
              || require(component, node, at, line);
      values[i] = value(component, there ? node : null, at);
    }
    return instantiate(type, values);
  }

  private boolean require(RecordComponent component, Node node, String path, int line) {
    if (node == null) {
      problems.add(line, path, "expected this key, which is missing");
      return false;
    }
    boolean several = component.getGenericType() instanceof ParameterizedType;
    if (isNull(node)
        || (node instanceof ScalarNode scalar && scalar.getValue().isBlank())
        || (several && node instanceof CollectionNode<?> all && all.getValue().isEmpty())) {
      problems.add(line(node), path, "expected a value, found none");
      return false;
    }
    return true;
  }

  private static <R extends Record> R instantiate(Class<R> type, Object[] values) {
    try {
      return type.cast(Shape.of(type).constructor().newInstance(values));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a config record takes whatever its keys may hold", e);
    }
  }

  private Object value(RecordComponent component, Node node, String path) {
    Default given = component.getAnnotation(Default.class);
    Type type = component.getGenericType();
    if (node == null || isNull(node)) {
      return unless(given, type, path);
    }
    if (component.isAnnotationPresent(Secret.class)) {
      secrets.add(path);
    }
    Object value = bind(node, type, path);
    check(component, node, value, path);
    Between between = component.getAnnotation(Between.class);
    if (value instanceof Number number && between != null && !within(number, between)) {
      expected(node, path, range(between));
      value = null;
    }
    return value == null ? unless(given, type, path) : value;
  }

  /** What holds where the file says nothing that can be used. */
  private Object unless(Default given, Type type, String path) {
    if (given == null) {
      return absent(type, path);
    }
    boolean before = standard;
    standard = true;
    Object value = bind(parse(given.value()), type, path);
    standard = before;
    return value;
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
    if (component.isAnnotationPresent(Positive.class)
        && all(value).anyMatch(v -> v.equals(Duration.ZERO) || v.equals(new DataSize(0)))) {
      problems.add(
          line(node),
          path,
          "expected more than nothing"
              + (node instanceof ScalarNode ? ", found " + found(node, path) : ""));
    }
    if (component.isAnnotationPresent(Secret.class)) {
      checkSecret(node, value, path);
    }
  }

  private static Stream<?> all(Object value) {
    return value instanceof List<?> list
        ? list.stream()
        : value instanceof Map<?, ?> map ? map.values().stream() : Stream.ofNullable(value);
  }

  private void checkSecret(Node node, Object value, String path) {
    String problem = "expected ${env:NAME} or ${file:PATH}, found a secret in clear";
    if (value instanceof String text && !SecretText.isPlaceholder(text)) {
      problems.add(line(node), path, problem);
    }
    if (value instanceof Map<?, ?> options) {
      options.forEach(
          (option, text) -> {
            if (SecretText.isSecretOption((String) option) && SecretText.isInClear((String) text)) {
              String at = join(path, (String) option);
              problems.add(line(at), at, problem);
            }
          });
    }
  }

  /** Whether a key of the type, or of one below it, is a secret. */
  private static boolean holdsSecrets(Type type) {
    return holdsSecrets(type, new HashSet<>());
  }

  private static boolean holdsSecrets(Type type, Set<Type> seen) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments()).anyMatch(t -> holdsSecrets(t, seen));
    }
    return type instanceof Class<?> raw
        && raw.isRecord()
        && seen.add(type)
        && Arrays.stream(raw.getRecordComponents())
            .anyMatch(
                component ->
                    component.isAnnotationPresent(Secret.class)
                        || holdsSecrets(component.getGenericType(), seen));
  }

  private static Node parse(String yaml) {
    return DEFAULTS.computeIfAbsent(yaml, text -> SafeYaml.compose("default", text).orElseThrow());
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

  static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private Object bind(Node node, Type type, String path) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getRawType() == List.class
          ? list(node, parameterized.getActualTypeArguments()[0], path)
          : map(node, parameterized.getActualTypeArguments()[1], path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Node.class) {
      return node;
    }
    if (isRecord(raw)) {
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
      if (holdsSecrets(element)) {
        secrets.add(path);
      }
      expected(node, path, "a list");
      return List.of();
    }
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node item = sequence.getValue().get(i);
      if (isNull(item)) {
        problems.add(line(item), path + "[" + i + "]", "expected a value, found none");
        continue;
      }
      Object value = bind(item, element, path + "[" + i + "]");
      if (value != null) {
        // What is wrong is left out: a rule finds a line by the place among those that are right.
        stands(path + "[" + values.size() + "]", item);
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  private Map<String, Object> map(Node node, Type element, String path) {
    Map<String, Object> values = new TreeMap<>();
    if (!(node instanceof MappingNode mapping)) {
      expected(node, path, "a mapping of keys");
      return Map.of();
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = text(entry.getKeyNode());
      String at = join(path, key);
      stands(at, entry.getKeyNode());
      if (isNull(entry.getValueNode()) && !isRecord(element)) {
        problems.add(line(entry.getKeyNode()), at, "expected a value, found none");
        continue;
      }
      Object value = bind(entry.getValueNode(), element, at);
      if (value != null && values.put(key, value) != null) {
        problems.add(line(entry.getKeyNode()), at, "the key stands twice");
      }
    }
    return Collections.unmodifiableMap(values);
  }

  static boolean isRecord(Type type) {
    return type instanceof Class<?> raw && raw.isRecord() && raw != DataSize.class;
  }

  private Object scalar(ScalarNode node, Class<?> type, String path) {
    String text = node.getValue();
    if (text.length() > MOST_CHARACTERS) {
      // Before any pattern runs over it.
      problems.add(
          line(node),
          path,
          "expected at most %d characters, found %d".formatted(MOST_CHARACTERS, text.length()));
      return null;
    }
    if (type == String.class) {
      if (SecretText.hasPasswordInUrl(text)) {
        problems.add(
            line(node), path, "expected ${env:NAME} or ${file:PATH}, found a password in clear");
      }
      return text;
    }
    if (type == boolean.class || type == Boolean.class) {
      return node.getTag().equals(Tag.BOOL)
          ? Boolean.valueOf(text)
          : expected(node, path, "true or false");
    }
    if (type == Duration.class) {
      Optional<Duration> duration = ConfigDuration.parse(text);
      return duration.isPresent()
          ? duration.get()
          : expected(node, path, "a duration like 500ms, 10s, 5m, 2h or 30d");
    }
    if (type == Instant.class) {
      return instant(node, path);
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

  private Object instant(ScalarNode node, String path) {
    try {
      return node.getTag().equals(Tag.INT)
          ? EventJson.time(Long.parseLong(node.getValue()))
          : EventJson.time(node.getValue());
    } catch (DateTimeException | NumberFormatException e) {
      return expected(node, path, "a time like 2026-11-24T10:00:00Z");
    }
  }

  private Object ofTheClock(ScalarNode node, Class<?> type, String path) {
    String text = node.getValue();
    try {
      if (type == ZoneId.class) {
        return ZoneId.of(text);
      }
      return text.equals("24:00") ? LocalTime.MAX : LocalTime.parse(text, HOUR_AND_MINUTE);
    } catch (DateTimeException e) {
      return expected(
          node, path, type == ZoneId.class ? "a zone like Europe/Berlin" : "a time like 09:00");
    }
  }

  private Object number(ScalarNode node, Class<?> type, String path) {
    boolean whole =
        type == int.class || type == Integer.class || type == long.class || type == Long.class;
    try {
      if (node.getScalarStyle() != ScalarStyle.PLAIN) {
        return expected(node, path, (whole ? "a whole number" : "a number") + " without quotes");
      }
      if (whole) {
        long value = new BigDecimal(node.getValue()).longValueExact();
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

  /** A single value as the file would have it: what {@link #bind} makes the same value of. */
  static String asWritten(Object value) {
    if (value instanceof Duration duration) {
      return ConfigDuration.format(duration);
    }
    if (value instanceof LocalTime time) {
      return time.equals(LocalTime.MAX) ? "24:00" : HOUR_AND_MINUTE.format(time);
    }
    return value instanceof Enum<?> constant
        ? name(constant, constant.getDeclaringClass())
        : value.toString();
  }

  static String name(Object constant, Class<?> type) {
    String name = ((Enum<?>) constant).name();
    return type.isAnnotationPresent(AsWritten.class) ? name : name.toLowerCase(Locale.ROOT);
  }

  private Object expected(Node node, String path, String expected) {
    problems.add(line(node), path, "expected %s, found %s".formatted(expected, found(node, path)));
    return null;
  }

  private String found(Node node, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      return node instanceof SequenceNode ? "a list" : "a mapping";
    }
    String text = scalar.getValue();
    if (secrets.contains(path)
        || text.length() > MOST_CHARACTERS
        || SecretText.hasPasswordInUrl(text)) {
      return "a single value";
    }
    return text.length() > MOST_SHOWN
        ? "\"" + text.substring(0, MOST_SHOWN) + "...\""
        : "\"" + text + "\"";
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

  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  static String key(RecordComponent component) {
    if (component.isAnnotationPresent(KeyName.class)) {
      return component.getAnnotation(KeyName.class).value();
    }
    return CAPITAL.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }
}
