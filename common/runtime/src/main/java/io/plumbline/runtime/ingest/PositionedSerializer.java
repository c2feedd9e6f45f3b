package io.plumbline.runtime.ingest;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Writes an event behind its position. */
final class PositionedSerializer<T> extends TypeSerializer<Positioned<T>> {
  private final TypeSerializer<T> event;

  PositionedSerializer(TypeSerializer<T> event) {
    this.event = event;
  }

  @Override
  public boolean isImmutableType() {
    return event.isImmutableType();
  }

  @Override
  public TypeSerializer<Positioned<T>> duplicate() {
    return new PositionedSerializer<>(event.duplicate());
  }

  /** Flink fills no instance: each record makes its own. */
  @Override
  public Positioned<T> createInstance() {
    return null;
  }

  @Override
  public Positioned<T> copy(Positioned<T> from) {
    return event.isImmutableType()
        ? from
        : new Positioned<>(event.copy(from.event()), from.partition(), from.offset());
  }

  @Override
  public Positioned<T> copy(Positioned<T> from, Positioned<T> reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Positioned<T> record, DataOutputView target) throws IOException {
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    event.serialize(record.event(), target);
  }

  @Override
  public Positioned<T> deserialize(DataInputView source) throws IOException {
    int partition = source.readInt();
    long offset = source.readLong();
    return new Positioned<>(event.deserialize(source), partition, offset);
  }

  @Override
  public Positioned<T> deserialize(Positioned<T> reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    target.writeInt(source.readInt());
    target.writeLong(source.readLong());
    event.copy(source, target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PositionedSerializer<?> serializer && serializer.event.equals(event);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Positioned<T>> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /** What a savepoint keeps of it; Flink makes it by the constructor without arguments. */
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<Positioned<T>, PositionedSerializer<T>> {
    public Snapshot() {}

    private Snapshot(PositionedSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(PositionedSerializer<T> outer) {
      return new TypeSerializer<?>[] {outer.event};
    }

    @Override
    @SuppressWarnings("unchecked") // the one of getNestedSerializers
    protected PositionedSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new PositionedSerializer<>((TypeSerializer<T>) nested[0]);
    }
  }
}
