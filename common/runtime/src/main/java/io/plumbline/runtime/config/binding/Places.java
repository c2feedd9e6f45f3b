package io.plumbline.runtime.config.binding;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.Node;

/** The lines of a file's keys, by path: {@code features[0].name}. */
final class Places {
  private final Map<String, Integer> lines = new HashMap<>();

  /** Where what stands under a key begins. */
  private final Map<String, Integer> contents = new HashMap<>();

  /** Whether what is being bound stands nowhere in the file. */
  private boolean nowhere;

  /** The path of a key below another; an empty path is the root. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** From 1; 0 if the file does not have the key. */
  int line(String path) {
    return lines.getOrDefault(path, 0);
  }

  /** Keeps the node's line as that of the path, unless it has one. */
  void stands(String path, Node node) {
    if (!nowhere) {
      lines.putIfAbsent(path, YamlNodes.line(node));
    }
  }

  /** Keeps the line of what stands under a path. */
  void holds(String path, Node content) {
    if (!nowhere) {
      contents.putIfAbsent(path, YamlNodes.line(content));
    }
  }

  /** From 1; 0 if nothing stands under the path. */
  int contentLine(String path) {
    return contents.getOrDefault(path, 0);
  }

  /** Runs the binding of a default, whose keys are not the file's. */
  <T> T nowhere(Supplier<T> binding) {
    boolean before = nowhere;
    nowhere = true;
    try {
      return binding.get();
    } finally {
      nowhere = before;
    }
  }
}
