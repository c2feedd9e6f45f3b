package io.plumbline.runtime.control.source;

import io.plumbline.runtime.control.ControlEpoch;
import io.plumbline.runtime.control.ControlPosition;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A split as the reader's state has it. */
final class ControlSplitSerializer implements SimpleVersionedSerializer<ControlSplit> {
  private static final int VERSION = 1;

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(ControlSplit split) throws IOException {
    ControlPosition position = split.position();
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeUTF(position.epoch().topicId());
    out.writeInt(position.epoch().truncations());
    out.writeLong(position.epoch().number());
    out.writeLong(position.next());
    return out.getCopyOfBuffer();
  }

  @Override
  public ControlSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("a control split of version " + version + " cannot be read");
    }
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    ControlEpoch epoch = new ControlEpoch(in.readUTF(), in.readInt(), in.readLong());
    return new ControlSplit(new ControlPosition(epoch, in.readLong()));
  }
}
