package io.plumbline.runtime.ingest;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** Writes the record, and what became of it. */
final class IngestedSerializer<T> extends TypeSerializer<Ingested<T>> {
  private final TypeSerializer<T> event;

  IngestedSerializer(TypeSerializer<T> event) {
    this.event = event;
  }

  @Override
  public boolean isImmutableType() {
    return event.isImmutableType();
  }

  @Override
  public TypeSerializer<Ingested<T>> duplicate() {
    return new IngestedSerializer<>(event.duplicate());
  }

  /** Flink fills no instance: each record makes its own. */
  @Override
  public Ingested<T> createInstance() {
    return null;
  }

  @Override
  public Ingested<T> copy(Ingested<T> from) {
    return from.event() == null || event.isImmutableType()
        ? from
        : new Ingested<>(
            event.copy(from.event()),
            null,
            from.topic(),
            from.partition(),
            from.offset(),
            from.timestamp(),
            from.bytes());
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
    StringValue.writeString(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.timestamp());
    target.writeInt(record.bytes().length);
    target.write(record.bytes());
    StringValue.writeString(record.refusal(), target);
    if (record.refusal() == null) {
      event.serialize(record.event(), target);
    }
  }

  @Override
  public Ingested<T> deserialize(DataInputView source) throws IOException {
    String topic = StringValue.readString(source);
    int partition = source.readInt();
    long offset = source.readLong();
    long timestamp = source.readLong();
    byte[] bytes = new byte[source.readInt()];
    source.readFully(bytes);
    String refusal = StringValue.readString(source);
    T read = refusal == null ? event.deserialize(source) : null;
    return new Ingested<>(read, refusal, topic, partition, offset, timestamp, bytes);
  }

  @Override
  public Ingested<T> deserialize(Ingested<T> reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof IngestedSerializer<?> serializer && serializer.event.equals(event);
  }

  @Override
  public int hashCode() {
    return event.hashCode();
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
      return new TypeSerializer<?>[] {outer.event};
    }

    @Override
    @SuppressWarnings("unchecked") // the one of getNestedSerializers
    protected IngestedSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new IngestedSerializer<>((TypeSerializer<T>) nested[0]);
    }
  }
}
