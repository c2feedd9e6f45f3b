package io.plumbline.onlinemetrics.join;

import io.plumbline.events.BinaryForm;
import io.plumbline.events.Wire;
import io.plumbline.onlinemetrics.model.BinaryClass;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

/**
 * Predictions as bytes, within what has a version of its layout. What they have in common stands
 * together and first, so that a block of them compresses well.
 */
final class KeptPredictionForm implements BinaryForm<KeptPrediction> {
  private static final int ERROR = 1;
  private static final int OUTPUT = 1 << 1;
  private static final int CLASS = 1 << 2;
  private static final int POSITIVE = 1 << 3;
  private static final int LABEL = 1 << 4;
  private static final int SCORES = 1 << 5;

  private final SharedParts<ServedVersion> versions = new SharedParts<>(new ServedVersionForm());
  private final SharedParts<List<String>> segments = new SharedParts<>(new TextsForm());
  private final SharedParts<List<String>> classes = new SharedParts<>(new TextsForm());

  @Override
  public void write(KeptPrediction kept, DataOutput out) throws IOException {
    versions.write(kept.served(), out);
    segments.write(kept.segments(), out);
    boolean hasOutput = !Double.isNaN(kept.output());
    ClassScores scores = kept.scores();
    out.writeByte(
        bit(kept.isError(), ERROR)
            | bit(hasOutput, OUTPUT)
            | bit(kept.predictedClass() != null, CLASS)
            | bit(kept.predictedClass() == BinaryClass.POSITIVE, POSITIVE)
            | bit(kept.predictedLabel() != null, LABEL)
            | bit(scores != null, SCORES));
    if (kept.predictedLabel() != null) {
      Wire.writeShort(kept.predictedLabel(), out);
    }
    if (scores != null) {
      classes.write(scores.classes(), out);
    }
    out.writeLong(kept.ts());
    if (hasOutput) {
      out.writeDouble(kept.output());
    }
    if (scores != null) {
      for (int i = 0; i < scores.size(); i++) {
        out.writeDouble(scores.score(i));
      }
    }
  }

  private static int bit(boolean isThere, int bit) {
    return isThere ? bit : 0;
  }

  @Override
  public KeptPrediction read(DataInput in) throws IOException {
    ServedVersion served = versions.read(in);
    List<String> texts = segments.read(in);
    int flags = in.readUnsignedByte();
    String label = (flags & LABEL) == 0 ? null : Wire.readShort(in);
    List<String> names = (flags & SCORES) == 0 ? null : classes.read(in);
    long ts = in.readLong();
    double output = (flags & OUTPUT) == 0 ? Double.NaN : in.readDouble();
    return new KeptPrediction(
        served,
        texts,
        ts,
        (flags & ERROR) != 0,
        output,
        predictedClass(flags),
        label,
        names == null ? null : scores(names, in));
  }

  private static BinaryClass predictedClass(int flags) {
    if ((flags & CLASS) == 0) {
      return null;
    }
    return (flags & POSITIVE) == 0 ? BinaryClass.NEGATIVE : BinaryClass.POSITIVE;
  }

  private static ClassScores scores(List<String> names, DataInput in) throws IOException {
    double[] scores = new double[names.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = in.readDouble();
    }
    return new ClassScores(names, scores);
  }
}
