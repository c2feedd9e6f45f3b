package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.config.binding.Limits.Between;
import io.plumbline.runtime.config.binding.Limits.Keys;
import io.plumbline.runtime.config.binding.Limits.NotEmpty;
import io.plumbline.runtime.config.binding.Limits.Positive;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Holds a value against what {@link Limits} say about its component. */
final class ComponentLimits {
  private static final String SECRET_IN_CLEAR =
      "expected ${env:NAME} or ${file:PATH}, found a secret in clear";

  private final Places places;
  private final Diagnostics diagnostics;

  ComponentLimits(Places places, Diagnostics diagnostics) {
    this.places = places;
    this.diagnostics = diagnostics;
  }

  /**
   * Adds what is wrong to the problems.
   *
   * @param value null: it could not be read, which has been told
   * @return whether the value may be used: a number beyond its bounds may not
   */
  boolean check(RecordComponent component, Node node, Object value, String path) {
    checkKeys(component, node, path);
    if (component.isAnnotationPresent(NotEmpty.class) && YamlNodes.isEmpty(node)) {
      diagnostics.add(node, path, "expected a value, found none");
    }
    checkPositive(component, node, value, path);
    if (component.isAnnotationPresent(Secret.class)) {
      checkSecret(node, value, path);
    }
    Between between = component.getAnnotation(Between.class);
    if (value instanceof Number number && between != null && !within(number, between)) {
      diagnostics.expected(node, path, range(between));
      return false;
    }
    return true;
  }

  private void checkKeys(RecordComponent component, Node node, String path) {
    Keys keys = component.getAnnotation(Keys.class);
    if (keys == null || !(node instanceof MappingNode mapping)) {
      return;
    }
    List<String> known = List.of(keys.value());
    for (NodeTuple entry : mapping.getValue()) {
      String key = YamlNodes.text(entry.getKeyNode());
      if (!known.contains(key)) {
        diagnostics.unknownKey(entry.getKeyNode(), Places.join(path, key), known);
      }
    }
  }

  private void checkPositive(RecordComponent component, Node node, Object value, String path) {
    if (component.isAnnotationPresent(Positive.class)
        && all(value).anyMatch(v -> v.equals(Duration.ZERO) || v.equals(new DataSize(0)))) {
      diagnostics.add(
          node,
          path,
          "expected more than nothing"
              + (node instanceof ScalarNode ? ", found " + diagnostics.found(node, path) : ""));
    }
  }

  private static Stream<?> all(Object value) {
    return value instanceof List<?> list
        ? list.stream()
        : value instanceof Map<?, ?> map ? map.values().stream() : Stream.ofNullable(value);
  }

  private void checkSecret(Node node, Object value, String path) {
    if (value instanceof String text && !SecretText.isPlaceholder(text)) {
      diagnostics.add(node, path, SECRET_IN_CLEAR);
    }
    if (value instanceof Map<?, ?> options) {
      options.forEach(
          (option, text) -> {
            if (SecretText.isSecretOption((String) option) && SecretText.isInClear((String) text)) {
              String at = Places.join(path, (String) option);
              diagnostics.add(places.line(at), at, SECRET_IN_CLEAR);
            }
          });
    }
  }

  private static boolean within(Number number, Between between) {
    double value = number.doubleValue();
    return (between.above() ? value > between.least() : value >= between.least())
        && value <= between.greatest();
  }

  private static String range(Between between) {
    String least = (between.above() ? "above " : "at least ") + ScalarText.number(between.least());
    return between.greatest() == Double.POSITIVE_INFINITY
        ? "a number " + least
        : "a number " + least + " and at most " + ScalarText.number(between.greatest());
  }
}
