package io.plumbline.runtime.config.binding;

import org.snakeyaml.engine.v2.nodes.CollectionNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** What a node of a YAML tree says about itself. */
final class YamlNodes {
  private YamlNodes() {}

  /** Whether nothing stands behind the key: as if the key were not there. */
  static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  /** Whether the node is a list or a mapping of nothing. */
  static boolean isEmpty(Node node) {
    return node instanceof CollectionNode<?> all && all.getValue().isEmpty();
  }

  /** The text of a key, which is a single value in all but broken files. */
  static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.toString();
  }

  /** From 1; 0 if the node is null or stands nowhere. */
  static int line(Node node) {
    return node == null ? 0 : node.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
  }
}
