package io.plumbline.runtime.decode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a user's records hold our fields: JSON pointers (RFC 6901), as a tree that a parser can
 * walk down.
 */
final class FieldTree {
  static final int NO_FIELD = -1;

  private final Map<String, FieldTree> children = new HashMap<>();
  private int field = NO_FIELD;

  private FieldTree() {}

  /**
   * @param fields ours; a field is told by its place in this list
   * @param pointers of those that have another name or place than ours
   */
  static FieldTree of(List<String> fields, Map<String, String> pointers) {
    FieldTree root = new FieldTree();
    for (int i = 0; i < fields.size(); i++) {
      String pointer = pointers.getOrDefault(fields.get(i), "/" + fields.get(i));
      FieldTree node = root;
      for (String step : pointer.split("/", -1)) {
        // What stands before the first slash is nothing: a pointer begins with one.
        if (node != root || !step.isEmpty()) {
          String name = step.replace("~1", "/").replace("~0", "~");
          node = node.children.computeIfAbsent(name, n -> new FieldTree());
        }
      }
      node.field = i;
    }
    return root;
  }

  /** Null: none of our fields is there or below. */
  FieldTree child(String name) {
    return children.get(name);
  }

  /** {@link #NO_FIELD}: ours are further below. */
  int field() {
    return field;
  }

  boolean isLeaf() {
    return children.isEmpty();
  }
}
