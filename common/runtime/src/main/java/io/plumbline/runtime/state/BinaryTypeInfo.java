package io.plumbline.runtime.state;

import io.plumbline.events.BinaryForm;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * The type of an immutable event with a form of its own, so that Flink never looks into its class.
 *
 * @param <T> the event
 */
public final class BinaryTypeInfo<T> extends OpaqueTypeInfo<T> {
  private final Class<T> type;
  private final Class<? extends BinaryForm<T>> form;

  /**
   * @param form public, with a public constructor without arguments
   */
  public BinaryTypeInfo(Class<T> type, Class<? extends BinaryForm<T>> form) {
    this.type = type;
    this.form = form;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return new BinarySerializer<>(form);
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinaryTypeInfo<?> info && info.type == type && info.form == form;
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, form);
  }
}
