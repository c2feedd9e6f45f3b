package io.plumbline.runtime.config.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads lists, and mappings whose keys are the user's. What is wrong in them is left out. */
final class CollectionReader {
  private final Places places;
  private final Diagnostics diagnostics;
  private final Elements elements;

  /** Reads one element of any type; null if it is wrong. */
  @FunctionalInterface
  interface Elements {
    Object read(Node node, Type type, String path);
  }

  CollectionReader(Places places, Diagnostics diagnostics, Elements elements) {
    this.places = places;
    this.diagnostics = diagnostics;
    this.elements = elements;
  }

  List<Object> list(Node node, Type element, String path) {
    if (!(node instanceof SequenceNode sequence)) {
      if (Shape.holdsSecrets(element)) {
        diagnostics.hide(path);
      }
      diagnostics.expected(node, path, "a list");
      return List.of();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      Node item = sequence.getValue().get(i);
      String at = path + "[" + i + "]";
      if (YamlNodes.isNull(item)) {
        diagnostics.add(item, at, "expected a value, found none");
        continue;
      }
      Object value = elements.read(item, element, at);
      if (value != null) {
        // What is wrong is left out: a rule finds a line by the place among those that are right.
        places.stands(path + "[" + values.size() + "]", item);
        values.add(value);
      }
    }
    return List.copyOf(values);
  }

  Map<String, Object> map(Node node, Type element, String path) {
    if (!(node instanceof MappingNode mapping)) {
      diagnostics.expected(node, path, "a mapping of keys");
      return Map.of();
    }
    Map<String, Object> values = new TreeMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      String key = YamlNodes.text(entry.getKeyNode());
      String at = Places.join(path, key);
      places.stands(at, entry.getKeyNode());
      if (isNothing(entry.getValueNode(), element)) {
        diagnostics.add(entry.getKeyNode(), at, "expected a value, found none");
        continue;
      }
      Object value = elements.read(entry.getValueNode(), element, at);
      if (value != null && values.put(key, value) != null) {
        diagnostics.add(entry.getKeyNode(), at, "the key stands twice");
      }
    }
    return Collections.unmodifiableMap(values);
  }

  /** A record of nothing has its defaults. */
  private static boolean isNothing(Node node, Type type) {
    return (YamlNodes.isNull(node) && !Shape.isRecord(type))
        || (YamlNodes.isEmpty(node) && type instanceof ParameterizedType);
  }
}
