package io.plumbline.runtime.decode;

import java.io.Serializable;
import java.util.Collection;
import java.util.Set;

/**
 * Which of a prediction's features are wanted. What is not is read past: it must be JSON, within
 * the limits of an event, and nothing is made of it.
 *
 * @param all whether all are, and their times; else {@code features}, without times
 */
public record Projection(boolean all, Set<String> features) implements Serializable {
  public static final Projection ALL = new Projection(true, Set.of());

  /** These features, as far as an event has them. */
  public static Projection of(Collection<String> features) {
    return new Projection(false, Set.copyOf(features));
  }

  boolean has(String feature) {
    return all || features.contains(feature);
  }
}
