package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Inline;
import io.plumbline.runtime.config.binding.Limits.OneOrMore;
import io.plumbline.runtime.config.binding.Limits.Required;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Binds YAML to records, whose components are the schema: {@code noiseAlpha} is the key {@code
 * noise_alpha}, and {@link Limits} say what it may be. Every problem is reported with its line; a
 * record is made of what is right.
 */
public final class RecordBinder {
  /** Thousands of features leave the same keys out: each default is parsed once. */
  private static final Map<String, Node> DEFAULTS = new ConcurrentHashMap<>();

  private final Places places = new Places();
  private final Diagnostics diagnostics;
  private final ScalarReader scalars;
  private final CollectionReader collections;
  private final ComponentLimits limits;

  /**
   * @param problems take what is wrong with all that is bound
   */
  public RecordBinder(Problems problems) {
    diagnostics = new Diagnostics(problems);
    scalars = new ScalarReader(diagnostics);
    collections = new CollectionReader(places, diagnostics, this::read);
    limits = new ComponentLimits(places, diagnostics);
  }

  /** The line of a key, by its path, so that rules between keys can say it; 0: nowhere. */
  public int line(String path) {
    return places.line(path);
  }

  /** The line in which the keys of a mapping begin; 0 if the file does not have it. */
  int contentLine(String path) {
    return places.contentLine(path);
  }

  /** Gives a path the line of a node that {@link #bind} does not come by. */
  public void stands(String path, Node node) {
    places.stands(path, node);
  }

  /**
   * The record that a mapping describes. A key that is absent or wrong has its default; without
   * one, it is null, false, or an empty list or map.
   *
   * @param node null, or null in YAML: all keys are absent
   * @param path of the node; empty: it is the root
   * @return null if a single value that stands {@link Limits.Alone} is wrong
   */
  public <R extends Record> R bind(Node node, Class<R> type, String path) {
    Map<String, Node> keys = new LinkedHashMap<>();
    boolean whole = true;
    if (node instanceof MappingNode mapping) {
      places.holds(path, node);
      collect(mapping, Shape.of(type).keys(), keys, path);
    } else if (node != null && !YamlNodes.isNull(node)) {
      if (node instanceof ScalarNode && Shape.of(type).alone() != null) {
        return ofSingle(node, type, path);
      }
      notAMapping(node, type, path);
      whole = false;
    }
    return create(type, keys, path, YamlNodes.line(node), whole);
  }

  private <R extends Record> R ofSingle(Node node, Class<R> type, String path) {
    Shape shape = Shape.of(type);
    Object single = value(shape.alone(), node, path);
    if (single == null) {
      return null;
    }
    Object[] values =
        shape.components().stream()
            .map(component -> component == shape.alone() ? single : absent(component, path))
            .toArray();
    return shape.instantiate(type, values);
  }

  private void notAMapping(Node node, Class<?> type, String path) {
    if (path.isEmpty() || Shape.holdsSecrets(type)) {
      diagnostics.hide(path);
    }
    diagnostics.expected(node, path, "a mapping of keys");
  }

  private void collect(
      MappingNode mapping, Set<String> known, Map<String, Node> keys, String path) {
    for (NodeTuple entry : mapping.getValue()) {
      Node keyNode = entry.getKeyNode();
      String key = YamlNodes.text(keyNode);
      String at = Places.join(path, key);
      if (!known.contains(key)) {
        diagnostics.unknownKey(keyNode, at, known);
      } else if (keys.putIfAbsent(key, entry.getValueNode()) != null) {
        diagnostics.add(keyNode, at, "the key stands twice");
      } else {
        places.stands(at, keyNode);
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
      String key = Shape.key(component);
      Node node = keys.get(key);
      String at = Places.join(path, key);
      boolean there =
          !whole
              || !component.isAnnotationPresent(Required.class)
              || require(component, node, at, line);
      values[i] = value(component, there ? node : null, at);
    }
    return Shape.of(type).instantiate(type, values);
  }

  private boolean require(RecordComponent component, Node node, String path, int line) {
    if (node == null) {
      diagnostics.add(line, path, "expected this key, which is missing");
      return false;
    }
    boolean several = component.getGenericType() instanceof ParameterizedType;
    if (YamlNodes.isNull(node)
        || (node instanceof ScalarNode scalar && scalar.getValue().isBlank())
        || (several && YamlNodes.isEmpty(node))) {
      diagnostics.add(node, path, "expected a value, found none");
      return false;
    }
    return true;
  }

  private Object value(RecordComponent component, Node node, String path) {
    if (node == null || YamlNodes.isNull(node)) {
      return absent(component, path);
    }
    if (component.isAnnotationPresent(Secret.class)) {
      diagnostics.hide(path);
    }
    boolean one = component.isAnnotationPresent(OneOrMore.class) && node instanceof ScalarNode;
    Object value =
        one ? listOfOne(node, component, path) : read(node, component.getGenericType(), path);
    boolean usable = limits.check(component, node, value, path);
    return value == null || !usable ? absent(component, path) : value;
  }

  private List<Object> listOfOne(Node node, RecordComponent component, String path) {
    Object one = read(node, Shape.elementType(component.getGenericType()), path);
    return one == null ? null : List.of(one);
  }

  /** What holds where the file says nothing that can be used. */
  private Object absent(RecordComponent component, String path) {
    Default given = component.getAnnotation(Default.class);
    Type type = component.getGenericType();
    return given == null
        ? nothing(type, path)
        : places.nowhere(() -> read(parsed(given.value()), type, path));
  }

  private static Node parsed(String yaml) {
    return DEFAULTS.computeIfAbsent(yaml, text -> SafeYaml.compose("default", text).orElseThrow());
  }

  private static Object nothing(Type type, String path) {
    if (type == boolean.class) {
      return false;
    }
    if (type == int.class || type == long.class || type == double.class) {
      throw new AssertionError(path + ": a number without a default");
    }
    if (type instanceof ParameterizedType generic) {
      return generic.getRawType() == List.class ? List.of() : Map.of();
    }
    return null;
  }

  private Object read(Node node, Type type, String path) {
    if (type instanceof ParameterizedType generic) {
      Type element = Shape.elementType(generic);
      return generic.getRawType() == List.class
          ? collections.list(node, element, path)
          : collections.map(node, element, path);
    }
    Class<?> raw = (Class<?>) type;
    if (raw == Node.class) {
      return node;
    }
    if (Shape.isRecord(raw)) {
      return bind(node, raw.asSubclass(Record.class), path);
    }
    return node instanceof ScalarNode scalar
        ? scalars.read(scalar, raw, path)
        : diagnostics.expected(node, path, "a single value");
  }
}
