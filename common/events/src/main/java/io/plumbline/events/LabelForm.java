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
    WireText.write(event.predictionId(), out);
    out.writeLong(event.ts());
    WireText.write(event.label(), out);
    out.writeBoolean(event.number() != null);
    if (event.number() != null) {
      out.writeDouble(event.number());
    }
    WireText.write(event.kind(), out);
  }

  @Override
  public Label read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new Label(
        WireText.read(in),
        in.readLong(),
        WireText.read(in),
        in.readBoolean() ? in.readDouble() : null,
        WireText.read(in));
  }
}
