package io.plumbline.runtime.ingest;

import io.plumbline.runtime.state.OpaqueTypeInfo;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of {@link Positioned}, from the type of its events. */
final class PositionedTypeInfo<T> extends OpaqueTypeInfo<Positioned<T>> {
  private final TypeInformation<T> event;

  PositionedTypeInfo(TypeInformation<T> event) {
    this.event = event;
  }

  @Override
  public TypeSerializer<Positioned<T>> createSerializer(SerializerConfig config) {
    return new PositionedSerializer<>(event.createSerializer(config));
  }

  @Override
  @SuppressWarnings("unchecked") // the class of a generic type
  public Class<Positioned<T>> getTypeClass() {
    return (Class<Positioned<T>>) (Class<?>) Positioned.class;
  }

  @Override
  public String toString() {
    return "Positioned<" + event + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionedTypeInfo<?> info && info.event.equals(event);
  }

  @Override
  public int hashCode() {
    return Objects.hash(event);
  }
}
