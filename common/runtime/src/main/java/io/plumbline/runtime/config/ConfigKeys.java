package io.plumbline.runtime.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/** The keys of plumbline.yaml, as its types have them. */
public final class ConfigKeys {
  private ConfigKeys() {}

  /** Every key that stands anywhere in the file, by its own name. */
  public static Set<String> all() {
    Set<String> keys = new TreeSet<>();
    collect(PlumblineConfig.class, keys, new HashSet<>());
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
