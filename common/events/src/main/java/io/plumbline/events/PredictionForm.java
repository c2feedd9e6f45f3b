package io.plumbline.events;

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
    Wire.writeText(p.predictionId(), out);
    Wire.writeText(p.model(), out);
    Wire.writeText(p.modelVersion(), out);
    RoleForm.write(p.role(), out);
    out.writeLong(p.ts());
    writeFeatures(p.features(), out);
    Wire.writeText(p.entityId(), out);
    Wire.writeNumber(p.score(), out);
    out.writeInt(p.scores() == null ? -1 : p.scores().size());
    if (p.scores() != null) {
      for (Map.Entry<String, Double> score : p.scores().entrySet()) {
        Wire.writeText(score.getKey(), out);
        out.writeDouble(score.getValue());
      }
    }
    Wire.writeNumber(p.value(), out);
    Wire.writeText(p.predictedLabel(), out);
    Wire.writeNumber(p.confidence(), out);
    out.writeInt(p.segments().size());
    for (Map.Entry<String, String> segment : p.segments().entrySet()) {
      Wire.writeText(segment.getKey(), out);
      Wire.writeText(segment.getValue(), out);
    }
    Wire.writeNumber(p.latencyMs(), out);
    Wire.writeText(p.error(), out);
  }

  @Override
  public Prediction read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    return new Prediction(
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        RoleForm.read(in),
        in.readLong(),
        readFeatures(in),
        Wire.readText(in),
        Wire.readNumber(in),
        readScores(in),
        Wire.readNumber(in),
        Wire.readText(in),
        Wire.readNumber(in),
        readSegments(in),
        Wire.readNumber(in),
        Wire.readText(in));
  }

  private static Map<String, Double> readScores(DataInput in) throws IOException {
    int size = in.readInt();
    if (size < 0) {
      return null;
    }
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      scores.put(Wire.readText(in), in.readDouble());
    }
    return scores;
  }

  private static Map<String, String> readSegments(DataInput in) throws IOException {
    int size = in.readInt();
    Map<String, String> segments = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      segments.put(Wire.readText(in), Wire.readText(in));
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
