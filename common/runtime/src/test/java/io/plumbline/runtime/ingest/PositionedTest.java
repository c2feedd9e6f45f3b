package io.plumbline.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

/** Events that know where they stand in their topic. */
class PositionedTest {
  private static final Positioned<String> EVENT = new Positioned<>("an event", 3, 1L << 40);

  private final TypeSerializer<Positioned<String>> serializer =
      Positioned.type(Types.STRING).createSerializer(new SerializerConfigImpl());

  private Positioned<String> read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }

  @Test
  void anEventIsAdmittedWithThePlaceOfItsRecord() throws Exception {
    Admission<String, Positioned<String>> shipped =
        InstantiationUtil.clone(Admission.positioned(Types.STRING));
    assertThat(shipped.of(Ingested.made("an event", "labels", 3, 1L << 40))).isEqualTo(EVENT);
    assertThat(shipped.type()).isEqualTo(Positioned.type(Types.STRING));
    assertThat(Admission.plain(Types.STRING).of(Ingested.made("an event", "labels", 3, 1)))
        .isEqualTo("an event");
  }

  @Test
  void itIsReadBackAsWritten() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(EVENT, out);
    assertThat(read(out.getCopyOfBuffer())).isEqualTo(EVENT);
    DataOutputSerializer copy = new DataOutputSerializer(64);
    serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copy);
    assertThat(read(copy.getCopyOfBuffer())).isEqualTo(EVENT);
  }

  @Test
  void aSnapshotFindsItsSerializer() throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer.snapshotConfiguration());
    TypeSerializerSnapshot<Positioned<String>> read =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(read.restoreSerializer()).isEqualTo(serializer);
    assertThat(
            serializer.snapshotConfiguration().resolveSchemaCompatibility(read).isCompatibleAsIs())
        .isTrue();
  }
}
