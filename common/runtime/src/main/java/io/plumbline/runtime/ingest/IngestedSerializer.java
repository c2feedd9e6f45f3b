package io.plumbline.runtime.ingest;

import io.plumbline.events.DeadLetter;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes which of the two it is, and that. */
final class IngestedSerializer<T> extends TypeSerializer<Ingested<T>> {
  private final TypeSerializer<T> event;
  private final TypeSerializer<DeadLetter> deadLetter;

  IngestedSerializer(TypeSerializer<T> event, TypeSerializer<DeadLetter> deadLetter) {
    this.event = event;
    this.deadLetter = deadLetter;
  }

  @Override
  public boolean isImmutableType() {
    return event.isImmutableType();
  }

  @Override
  public TypeSerializer<Ingested<T>> duplicate() {
    return new IngestedSerializer<>(event.duplicate(), deadLetter.duplicate());
  }

  @Override
  public Ingested<T> createInstance() {
    return Ingested.event(null);
  }

  @Override
  public Ingested<T> copy(Ingested<T> from) {
    return from.event() == null ? from : Ingested.event(event.copy(from.event()));
  }

  @Override
  public Ingested<T> copy(Ingested<T> from, Ingested<T> reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Ingested<T> record, DataOutputView target) throws IOException {
    target.writeBoolean(record.event() != null);
    if (record.event() != null) {
      event.serialize(record.event(), target);
    } else {
      deadLetter.serialize(record.deadLetter(), target);
    }
  }

  @Override
  public Ingested<T> deserialize(DataInputView source) throws IOException {
    return source.readBoolean()
        ? Ingested.event(event.deserialize(source))
        : Ingested.deadLetter(deadLetter.deserialize(source));
  }

  @Override
  public Ingested<T> deserialize(Ingested<T> reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    boolean isEvent = source.readBoolean();
    target.writeBoolean(isEvent);
    if (isEvent) {
      event.copy(source, target);
    } else {
      deadLetter.copy(source, target);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IngestedSerializer<?> serializer
        && serializer.event.equals(event)
        && serializer.deadLetter.equals(deadLetter);
  }

  @Override
  public int hashCode() {
    return Objects.hash(event, deadLetter);
  }

  @Override
  public TypeSerializerSnapshot<Ingested<T>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** What a savepoint keeps of it; Flink makes it by the constructor without arguments. */
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<Ingested<T>, IngestedSerializer<T>> {
    public Snapshot() {}

    private Snapshot(IngestedSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(IngestedSerializer<T> outer) {
      return new TypeSerializer<?>[] {outer.event, outer.deadLetter};
    }

    @Override
    @SuppressWarnings("unchecked") // in the order of getNestedSerializers
    protected IngestedSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new IngestedSerializer<>(
          (TypeSerializer<T>) nested[0], (TypeSerializer<DeadLetter>) nested[1]);
    }
  }
}
