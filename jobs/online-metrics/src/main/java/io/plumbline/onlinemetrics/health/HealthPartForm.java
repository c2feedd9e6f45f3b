package io.plumbline.onlinemetrics.health;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Prediction.Role;
import io.plumbline.events.Wire;
import io.plumbline.runtime.window.Window;
import io.plumbline.stats.quality.PredictionHealth;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** What is known of predictions, as bytes. */
public final class HealthPartForm implements BinaryForm<HealthPart> {
  private static final int VERSION = 1;

  @Override
  public void write(HealthPart part, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    Wire.writeShort(part.model(), out);
    Wire.writeShort(part.version(), out);
    out.writeBoolean(part.role() == Role.SHADOW);
    Wire.writeShort(part.segment(), out);
    out.writeLong(part.window().start());
    out.writeLong(part.window().length());
    part.health().writeTo(out);
  }

  @Override
  public HealthPart read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new HealthPart(
        Wire.readShort(in),
        Wire.readShort(in),
        in.readBoolean() ? Role.SHADOW : Role.CHAMPION,
        Wire.readShort(in),
        new Window(in.readLong(), in.readLong()),
        PredictionHealth.readFrom(in));
  }
}
