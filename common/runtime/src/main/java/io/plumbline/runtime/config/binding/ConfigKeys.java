package io.plumbline.runtime.config.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The keys of plumbline.yaml and of control's specs, as their types have them. */
public final class ConfigKeys {
  private ConfigKeys() {}

  /** The keys of the type itself, without those below them. */
  public static Set<String> atTop(Class<? extends Record> type) {
    return Shape.of(type).keys();
  }

  /** Every key that stands anywhere in a text that the type is bound from, by its own name. */
  public static Set<String> of(Class<? extends Record> type) {
    Set<String> keys = new TreeSet<>();
    collect(type, keys, new HashSet<>());
    return keys;
  }

  private static void collect(Type type, Set<String> keys, Set<Type> seen) {
    if (type instanceof ParameterizedType generic) {
      for (Type argument : generic.getActualTypeArguments()) {
        collect(argument, keys, seen);
      }
    } else if (Shape.isRecord(type) && seen.add(type)) {
      Shape shape = Shape.of((Class<?>) type);
      keys.addAll(shape.keys());
      for (RecordComponent component : shape.components()) {
        collect(component.getGenericType(), keys, seen);
      }
    }
  }
}
