package io.plumbline.events;

import io.plumbline.events.FeatureValue.Origin;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Values of features as bytes. */
public final class FeatureValueForm implements BinaryForm<FeatureValue> {
  private static final int VERSION = 1;

  @Override
  public void write(FeatureValue event, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    Wire.writeText(event.feature(), out);
    Wire.writeText(event.entityId(), out);
    Value value = event.value();
    Object object = value.kind() == ValueKind.TEXT ? value.text() : value.vector();
    ValueForm.write(value.kind(), value.integer(), object, out);
    out.writeLong(event.eventTime());
    Wire.writeText(event.origin() == null ? null : event.origin().name(), out);
    Wire.writeText(event.version(), out);
  }

  @Override
  public FeatureValue read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    String feature = Wire.readText(in);
    String entityId = Wire.readText(in);
    byte kind = in.readByte();
    long bits = ValueForm.readBits(kind, in);
    Value value = Value.of(ValueKind.of(kind), bits, ValueForm.readObject(kind, in));
    long eventTime = in.readLong();
    String origin = Wire.readText(in);
    return new FeatureValue(
        feature,
        entityId,
        value,
        eventTime,
        origin == null ? null : Origin.valueOf(origin),
        Wire.readText(in));
  }
}
