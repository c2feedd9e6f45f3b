package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What is known of an id as bytes. */
public final class KnownIdForm implements BinaryForm<KnownId> {
  private static final int VERSION = 1;

  private static final int NUMBER = 1;
  private static final int REFUSED = 1 << 1;

  private final KeptPredictionForm form = new KeptPredictionForm();

  @Override
  public void write(KnownId known, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(known.predictions().size());
    for (KeptPrediction prediction : known.predictions()) {
      form.write(prediction, out);
    }
    out.writeByte(known.labels().size());
    for (KeptLabel label : known.labels()) {
      write(label, out);
    }
    if (!known.hasPredictions()) {
      Wire.writeShort(known.id(), out);
      Wire.writeSmall(known.patience(), out);
    }
  }

  private static void write(KeptLabel label, DataOutput out) throws IOException {
    out.writeByte((label.isNumber() ? NUMBER : 0) | (label.isRefused() ? REFUSED : 0));
    out.writeLong(label.ts());
    Wire.writeShort(label.label(), out);
    Wire.writeSmall(label.partition(), out);
    Wire.writeSmall(label.offset(), out);
  }

  @Override
  public KnownId read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    int size = in.readUnsignedByte();
    List<KeptPrediction> predictions = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      predictions.add(form.read(in));
    }
    size = in.readUnsignedByte();
    List<KeptLabel> labels = size == 0 ? List.of() : new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      labels.add(readLabel(in));
    }
    return predictions.isEmpty()
        ? new KnownId(predictions, labels, Wire.readShort(in), Wire.readSmall(in))
        : new KnownId(predictions, labels, null, 0);
  }

  private static KeptLabel readLabel(DataInput in) throws IOException {
    int flags = in.readUnsignedByte();
    long ts = in.readLong();
    String label = Wire.readShort(in);
    int partition = (int) Wire.readSmall(in);
    return new KeptLabel(
        ts, label, (flags & NUMBER) != 0, (flags & REFUSED) != 0, partition, Wire.readSmall(in));
  }
}
