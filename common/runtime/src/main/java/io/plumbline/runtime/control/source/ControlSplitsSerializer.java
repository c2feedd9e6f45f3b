package io.plumbline.runtime.control.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What no reader has yet, as the enumerator's state has it. */
final class ControlSplitsSerializer implements SimpleVersionedSerializer<List<ControlSplit>> {
  private final ControlSplitSerializer split = new ControlSplitSerializer();

  @Override
  public int getVersion() {
    return split.getVersion();
  }

  @Override
  public byte[] serialize(List<ControlSplit> splits) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    out.writeInt(splits.size());
    for (ControlSplit one : splits) {
      byte[] bytes = split.serialize(one);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.getCopyOfBuffer();
  }

  @Override
  public List<ControlSplit> deserialize(int version, byte[] serialized) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(serialized);
    List<ControlSplit> splits = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      byte[] bytes = new byte[in.readInt()];
      in.readFully(bytes);
      splits.add(split.deserialize(version, bytes));
    }
    return splits;
  }
}
