package io.plumbline.runtime.state;

import io.plumbline.events.BinaryForm;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.util.InstantiationUtil;

/** Writes events by their {@link BinaryForm}, whose version byte lets layouts change. */
final class BinarySerializer<T> extends TypeSerializer<T> {
  private final Class<? extends BinaryForm<T>> type;
  private transient BinaryForm<T> form;

  BinarySerializer(Class<? extends BinaryForm<T>> type) {
    this.type = type;
  }

  private BinaryForm<T> form() {
    if (form == null) {
      form = InstantiationUtil.instantiate(type);
    }
    return form;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new BinarySerializer<>(type);
  }

  /** Flink fills no instance of an immutable type. */
  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(T event, DataOutputView target) throws IOException {
    form().write(event, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return form().read(source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof BinarySerializer<?> serializer && serializer.type == type;
  }

  @Override
  public int hashCode() {
    return type.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(type);
  }

  /** Remembers the form by name; what it wrote tells its own version. */
  public static final class Snapshot<T> implements TypeSerializerSnapshot<T> {
    private Class<? extends BinaryForm<T>> type;

    /** Flink reads it by {@link #readSnapshot}. */
    public Snapshot() {}

    private Snapshot(Class<? extends BinaryForm<T>> type) {
      this.type = type;
    }

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeUTF(type.getName());
    }

    @Override
    @SuppressWarnings("unchecked") // the name was written for this type
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      String name = in.readUTF();
      try {
        type = (Class<? extends BinaryForm<T>>) Class.forName(name, false, loader);
      } catch (ClassNotFoundException e) {
        throw new IOException("state was written by " + name + ", which is not there", e);
      }
    }

    @Override
    public TypeSerializer<T> restoreSerializer() {
      return new BinarySerializer<>(type);
    }

    @Override
    public TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
        TypeSerializerSnapshot<T> old) {
      return old instanceof Snapshot<T> before && before.type == type
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
