package io.plumbline.runtime.config.binding;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Words the problems of single keys: what was expected, and what was found unless it is secret. */
final class Diagnostics {
  /** Of a wrong value so much is shown, in characters. */
  private static final int MOST_SHOWN = 60;

  private final Problems problems;
  private final Set<String> secrets = new HashSet<>();

  Diagnostics(Problems problems) {
    this.problems = problems;
  }

  /** Shows in no problem what stands at the path. */
  void hide(String path) {
    secrets.add(path);
  }

  void add(Node node, String path, String problem) {
    add(YamlNodes.line(node), path, problem);
  }

  void add(int line, String path, String problem) {
    problems.add(line, path, problem);
  }

  /**
   * @return null, which stands for a value that is wrong
   */
  Object expected(Node node, String path, String expected) {
    add(node, path, "expected %s, found %s".formatted(expected, found(node, path)));
    return null;
  }

  void unknownKey(Node key, String path, Collection<String> known) {
    add(key, path, "unknown key" + NearestName.hint(YamlNodes.text(key), known));
  }

  /** The value in quotes, or its kind if it is secret, long or no single one. */
  String found(Node node, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      return node instanceof SequenceNode ? "a list" : "a mapping";
    }
    String text = scalar.getValue();
    if (secrets.contains(path)
        || text.length() > ScalarReader.MOST_CHARACTERS
        || SecretText.hasPasswordInUrl(text)) {
      return "a single value";
    }
    return text.length() > MOST_SHOWN
        ? "\"" + text.substring(0, MOST_SHOWN) + "...\""
        : "\"" + text + "\"";
  }
}
