package io.plumbline.events;

import io.plumbline.events.Prediction.Role;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Predictions as bytes. Events with the same feature names share one instance of them again. */
public final class PredictionForm implements BinaryForm<Prediction> {
  private static final int VERSION = 1;

  private FeatureNames last = FeatureNames.NONE;

  @Override
  public void write(Prediction p, DataOutput out) throws IOException {
    out.writeByte(VERSION);
    WireText.write(p.predictionId(), out);
    WireText.write(p.model(), out);
    WireText.write(p.modelVersion(), out);
    out.writeBoolean(p.role() == Role.SHADOW);
    out.writeLong(p.ts());
    writeFeatures(p.features(), out);
    WireText.write(p.entityId(), out);
    writeNumber(p.score(), out);
    out.writeInt(p.scores() == null ? -1 : p.scores().size());
    if (p.scores() != null) {
      for (Map.Entry<String, Double> score : p.scores().entrySet()) {
        WireText.write(score.getKey(), out);
        out.writeDouble(score.getValue());
      }
    }
    writeNumber(p.value(), out);
    WireText.write(p.predictedLabel(), out);
    writeNumber(p.confidence(), out);
    out.writeInt(p.segments().size());
    for (Map.Entry<String, String> segment : p.segments().entrySet()) {
      WireText.write(segment.getKey(), out);
      WireText.write(segment.getValue(), out);
    }
    writeNumber(p.latencyMs(), out);
    WireText.write(p.error(), out);
  }

  @Override
  public Prediction read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new Prediction(
        WireText.read(in),
        WireText.read(in),
        WireText.read(in),
        in.readBoolean() ? Role.SHADOW : Role.CHAMPION,
        in.readLong(),
        readFeatures(in),
        WireText.read(in),
        readNumber(in),
        readScores(in),
        readNumber(in),
        WireText.read(in),
        readNumber(in),
        readSegments(in),
        readNumber(in),
        WireText.read(in));
  }

  private static void writeNumber(Double number, DataOutput out) throws IOException {
    out.writeBoolean(number != null);
    if (number != null) {
      out.writeDouble(number);
    }
  }

  private static Double readNumber(DataInput in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  private static Map<String, Double> readScores(DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0) {
      return null;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      scores.put(WireText.read(in), in.readDouble());
    }
    return scores;
  }

  private static Map<String, String> readSegments(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, String> segments = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      segments.put(WireText.read(in), WireText.read(in));
    }
    return segments;
  }

  private static void writeFeatures(FeatureValues features, DataOutput out) throws IOException {
    byte[] names = features.names().encoded();
    out.writeInt(names.length);
    out.write(names);
    for (int i = 0; i < features.size(); i++) {
      ValueForm.write(features.kind(i), features.integer(i), features.object(i), out);
    }
    out.writeBoolean(features.hasTimes());
    if (features.hasTimes()) {
      for (int i = 0; i < features.size(); i++) {
        out.writeLong(features.time(i));
      }
    }
  }

  private FeatureValues readFeatures(DataInput in) throws IOException {
    byte[] encoded = new byte[in.readInt()];
    in.readFully(encoded);
    if (!Arrays.equals(encoded, last.encoded())) {
      last = FeatureNames.decode(encoded);
    }
    int size = last.size();
    byte[] kinds = new byte[size];
    long[] bits = new long[size];
    Object[] objects = null;
    for (int i = 0; i < size; i++) {
      kinds[i] = in.readByte();
      bits[i] = ValueForm.readBits(kinds[i], in);
      Object object = ValueForm.readObject(kinds[i], in);
      if (object != null) {
        objects = objects == null ? new Object[size] : objects;
        objects[i] = object;
      }
    }
    long[] times = in.readBoolean() ? new long[size] : null;
    if (times != null) {
      for (int i = 0; i < size; i++) {
        times[i] = in.readLong();
      }
    }
    return new FeatureValues(last, kinds, bits, objects, times);
  }
}
