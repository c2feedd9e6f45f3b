package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.runtime.aggregate.BoundedMemo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * Parts that many values have in common, as bytes behind their length. Each is written and read
 * once, and then looked up; equal ones are the same object again.
 *
 * @param <T> the part
 */
final class SharedParts<T> {
  /** What is looked up may come from hostile events: it is forgotten when it takes more. */
  private static final long MOST_BYTES = 512 * 1024;

  /** Of a part in memory, beside its bytes. */
  private static final int PART_BYTES = 256;

  private final BinaryForm<T> form;
  private final BoundedMemo<T, byte[]> written = new BoundedMemo<>(MOST_BYTES);
  private final BoundedMemo<Bytes, T> read = new BoundedMemo<>(MOST_BYTES);

  SharedParts(BinaryForm<T> form) {
    this.form = form;
  }

  /** Bytes as what is looked up. */
  private static final class Bytes {
    private final byte[] bytes;
    private final int hash;

    Bytes(byte[] bytes) {
      this.bytes = bytes;
      hash = Arrays.hashCode(bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  void write(T part, DataOutput out) throws IOException {
    byte[] bytes = written.get(part);
    if (bytes == null) {
      DataOutputSerializer buffer = new DataOutputSerializer(64);
      form.write(part, buffer);
      bytes = buffer.getCopyOfBuffer();
      written.put(part, bytes, PART_BYTES + bytes.length);
    }
    Wire.writeSmall(bytes.length, out);
    out.write(bytes);
  }

  T read(DataInput in) throws IOException {
    byte[] bytes = new byte[(int) Wire.readSmall(in)];
    in.readFully(bytes);
    Bytes key = new Bytes(bytes);
    T part = read.get(key);
    if (part == null) {
      part = form.read(new DataInputDeserializer(bytes));
      read.put(key, part, PART_BYTES + 2L * bytes.length);
    }
    return part;
  }
}
