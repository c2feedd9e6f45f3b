package io.plumbline.runtime.ingest;

import io.plumbline.runtime.state.OpaqueTypeInfo;
import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of {@link Ingested}, from the type of its events. */
final class IngestedTypeInfo<T> extends OpaqueTypeInfo<Ingested<T>> {
  private final TypeInformation<T> event;

  IngestedTypeInfo(TypeInformation<T> event) {
    this.event = event;
  }

  @Override
  public TypeSerializer<Ingested<T>> createSerializer(SerializerConfig config) {
    return new IngestedSerializer<>(event.createSerializer(config));
  }

  @Override
  @SuppressWarnings("unchecked") // the class of a generic type
  public Class<Ingested<T>> getTypeClass() {
    return (Class<Ingested<T>>) (Class<?>) Ingested.class;
  }

  @Override
  public String toString() {
    return "Ingested<" + event + ">";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IngestedTypeInfo<?> info && info.event.equals(event);
  }

  @Override
  public int hashCode() {
    return Objects.hash(event);
  }
}
