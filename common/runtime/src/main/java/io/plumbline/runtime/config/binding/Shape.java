package io.plumbline.runtime.config.binding;

import io.plumbline.runtime.config.binding.Limits.Alone;
import io.plumbline.runtime.config.binding.Limits.Inline;
import io.plumbline.runtime.config.binding.Limits.KeyName;
import io.plumbline.runtime.config.binding.Limits.Secret;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A record type as the binder needs it, looked up once: reflection parses the annotations anew for
 * each component that it hands out.
 *
 * @param keys of the components and of those that are inline
 * @param alone the component that a single value in the place of the mapping is; null: none
 */
record Shape(
    List<RecordComponent> components,
    Constructor<?> constructor,
    Set<String> keys,
    RecordComponent alone) {
  private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

  private static final ClassValue<Shape> SHAPES =
      new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
          return look(type);
        }
      };

  static Shape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static Shape look(Class<?> type) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    Set<String> keys = new LinkedHashSet<>();
    RecordComponent alone = null;
    for (RecordComponent component : components) {
      if (component.isAnnotationPresent(Inline.class)) {
        keys.addAll(of(component.getType()).keys());
      } else if (component.isAnnotationPresent(Alone.class)) {
        alone = component;
      } else {
        keys.add(key(component));
      }
    }
    return new Shape(components, constructor(type, components), keys, alone);
  }

  private static Constructor<?> constructor(Class<?> type, List<RecordComponent> components) {
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      // A record may be its package's own.
      constructor.setAccessible(true);
      return constructor;
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has this constructor", e);
    }
  }

  /**
   * @param values of the components, in their order
   */
  <R> R instantiate(Class<R> type, Object[] values) {
    try {
      return type.cast(constructor.newInstance(values));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("a config record takes whatever its keys may hold", e);
    }
  }

  /** The key of a component: {@code noise_alpha} of {@code noiseAlpha}. */
  static String key(RecordComponent component) {
    if (component.isAnnotationPresent(KeyName.class)) {
      return component.getAnnotation(KeyName.class).value();
    }
    return CAPITAL.matcher(component.getName()).replaceAll("_$1").toLowerCase(Locale.ROOT);
  }

  /** Whether values of the type are mappings of its own keys: all records but {@link DataSize}. */
  static boolean isRecord(Type type) {
    return type instanceof Class<?> raw && raw.isRecord() && raw != DataSize.class;
  }

  /** The type of a list's elements, or of a map's values. */
  static Type elementType(Type collection) {
    Type[] arguments = ((ParameterizedType) collection).getActualTypeArguments();
    return arguments[arguments.length - 1];
  }

  /** Whether a key of the type, or of one below it, is a secret. */
  static boolean holdsSecrets(Type type) {
    return holdsSecrets(type, new HashSet<>());
  }

  private static boolean holdsSecrets(Type type, Set<Type> seen) {
    if (type instanceof ParameterizedType generic) {
      return Arrays.stream(generic.getActualTypeArguments()).anyMatch(t -> holdsSecrets(t, seen));
    }
    return isRecord(type)
        && seen.add(type)
        && of((Class<?>) type).components().stream()
            .anyMatch(
                component ->
                    component.isAnnotationPresent(Secret.class)
                        || holdsSecrets(component.getGenericType(), seen));
  }
}
