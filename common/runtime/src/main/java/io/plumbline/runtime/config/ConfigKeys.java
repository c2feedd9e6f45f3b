package io.plumbline.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The keys of plumbline.yaml and of control's specs, as their types have them. */
public final class ConfigKeys {
  private ConfigKeys() {}

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
    } else if (type instanceof Class<?> raw
        && raw.isRecord()
        && raw != DataSize.class
        && seen.add(raw)) {
      keys.addAll(Shape.of(raw).keys());
      for (RecordComponent component : raw.getRecordComponents()) {
        collect(component.getGenericType(), keys, seen);
      }
    }
  }
}
