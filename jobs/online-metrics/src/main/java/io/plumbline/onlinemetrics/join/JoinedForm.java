package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.onlinemetrics.model.BinaryClass;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Changes as bytes. */
public final class JoinedForm implements BinaryForm<Joined> {
  private static final int VERSION = 1;

  private static final int PAIR = 1;
  private static final int BEFORE = 1 << 1;

  private static final int TRUTH = 1;
  private static final int OUTCOME = 1 << 1;
  private static final int POSITIVE = 1 << 2;

  private static final int OTHER_EARLY = 1;

  private final KeptPredictionForm form = new KeptPredictionForm();

  @Override
  public void write(Joined joined, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte((joined.isPair() ? PAIR : 0) | (joined.isNew() ? 0 : BEFORE));
    form.write(joined.prediction(), out);
    if (joined.isPair()) {
      form.write(joined.champion(), out);
    }
    if (!joined.isNew()) {
      write(joined.before(), out);
    }
    write(joined.after(), out);
  }

  private static void write(Labelling labelling, DataOutput out) throws IOException {
    out.writeByte(labelling.isEarly() ? 0 : OTHER_EARLY);
    write(labelling.truth(), out);
    Wire.writeSmall(labelling.corrections(), out);
    Wire.writeSmall(labelling.expired(), out);
    if (!labelling.isEarly()) {
      write(labelling.early(), out);
      Wire.writeSmall(labelling.earlyCorrections(), out);
    }
  }

  private static void write(Truth truth, DataOutput out) throws IOException {
    boolean hasOutcome = truth != null && truth.outcome() != null;
    out.writeByte(
        (truth == null ? 0 : TRUTH)
            | (hasOutcome ? OUTCOME : 0)
            | (hasOutcome && truth.outcome() == BinaryClass.POSITIVE ? POSITIVE : 0));
    if (truth != null) {
      out.writeLong(truth.ts());
      Wire.writeShort(truth.label(), out);
      out.writeDouble(truth.number());
    }
  }

  @Override
  public Joined read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    int flags = in.readUnsignedByte();
    KeptPrediction prediction = form.read(in);
    KeptPrediction champion = (flags & PAIR) == 0 ? null : form.read(in);
    Labelling before = (flags & BEFORE) == 0 ? null : readLabelling(in);
    return new Joined(prediction, champion, before, readLabelling(in));
  }

  private static Labelling readLabelling(DataInput in) throws IOException {
    int flags = in.readUnsignedByte();
    Truth truth = readTruth(in);
    int corrections = (int) Wire.readSmall(in);
    int expired = (int) Wire.readSmall(in);
    return (flags & OTHER_EARLY) == 0
        ? new Labelling(truth, corrections, expired)
        : new Labelling(truth, corrections, expired, readTruth(in), (int) Wire.readSmall(in));
  }

  private static Truth readTruth(DataInput in) throws IOException {
    int flags = in.readUnsignedByte();
    return (flags & TRUTH) == 0
        ? null
        : new Truth(in.readLong(), Wire.readShort(in), outcome(flags), in.readDouble());
  }

  private static BinaryClass outcome(int flags) {
    if ((flags & OUTCOME) == 0) {
      return null;
    }
    return (flags & POSITIVE) == 0 ? BinaryClass.NEGATIVE : BinaryClass.POSITIVE;
  }
}
