package io.plumbline.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Labels as bytes. */
public final class LabelForm implements BinaryForm<Label> {
  private static final int VERSION = 1;

  @Override
  public void write(Label event, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    Wire.writeText(event.predictionId(), out);
    out.writeLong(event.ts());
    Wire.writeText(event.label(), out);
    Wire.writeNumber(event.number(), out);
    Wire.writeText(event.kind(), out);
  }

  @Override
  public Label read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new Label(
        Wire.readText(in),
        in.readLong(),
        Wire.readText(in),
        Wire.readNumber(in),
        Wire.readText(in));
  }
}
