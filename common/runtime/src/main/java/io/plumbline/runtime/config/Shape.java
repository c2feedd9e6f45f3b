package io.plumbline.runtime.config;

import io.plumbline.runtime.config.Limits.Inline;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A record type as the binder needs it, looked up once: reflection parses the annotations anew for
 * each component that it hands out.
 *
 * @param keys of the components and of those that are inline
 */
record Shape(List<RecordComponent> components, Constructor<?> constructor, Set<String> keys) {
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
    for (RecordComponent component : components) {
      if (component.isAnnotationPresent(Inline.class)) {
        keys.addAll(of(component.getType()).keys());
      } else {
        keys.add(RecordBinder.key(component));
      }
    }
    try {
      Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new Shape(components, type.getDeclaredConstructor(types), keys);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("every record has this constructor", e);
    }
  }
}
