package io.plumbline.events;

import io.plumbline.events.Prediction.Role;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Answers as bytes: a bit for each part that may be absent, and only those that are there. */
public final class AnswerForm implements BinaryForm<Answer> {
  private static final int VERSION = 1;

  private static final int SHADOW = 1;
  private static final int ENTITY = 1 << 1;
  private static final int SCORE = 1 << 2;
  private static final int SCORES = 1 << 3;
  private static final int VALUE = 1 << 4;
  private static final int LABEL = 1 << 5;
  private static final int CONFIDENCE = 1 << 6;
  private static final int SEGMENTS = 1 << 7;
  private static final int LATENCY = 1 << 8;
  private static final int ERROR = 1 << 9;
  private static final int CHAMPION = 1 << 10;

  @Override
  public void write(Answer a, DataOutput out) throws IOException {
    int present =
        bit(a.role() == Role.SHADOW, SHADOW)
            | bit(a.entityId() != null, ENTITY)
            | bit(a.score() != null, SCORE)
            | bit(a.scores() != null, SCORES)
            | bit(a.value() != null, VALUE)
            | bit(a.predictedLabel() != null, LABEL)
            | bit(a.confidence() != null, CONFIDENCE)
            | bit(!a.segments().isEmpty(), SEGMENTS)
            | bit(a.latencyMs() != null, LATENCY)
            | bit(a.error() != null, ERROR)
            | bit(a.role() == Role.CHAMPION, CHAMPION);
    out.writeByte(VERSION);
    out.writeShort(present);
    Wire.writeText(a.predictionId(), out);
    Wire.writeText(a.model(), out);
    Wire.writeText(a.modelVersion(), out);
    out.writeLong(a.ts());
    text(a.entityId(), out);
    number(a.score(), out);
    if (a.scores() != null) {
      out.writeInt(a.scores().size());
      for (Map.Entry<String, Double> score : a.scores().entrySet()) {
        Wire.writeText(score.getKey(), out);
        out.writeDouble(score.getValue());
      }
    }
    number(a.value(), out);
    text(a.predictedLabel(), out);
    number(a.confidence(), out);
    if (!a.segments().isEmpty()) {
      out.writeInt(a.segments().size());
      for (Segment segment : a.segments().values()) {
        Wire.writeText(segment.column(), out);
        Wire.writeText(segment.value(), out);
      }
    }
    number(a.latencyMs(), out);
    text(a.error(), out);
  }

  private static int bit(boolean isThere, int bit) {
    return isThere ? bit : 0;
  }

  private static void text(String text, DataOutput out) throws IOException {
    if (text != null) {
      Wire.writeText(text, out);
    }
  }

  private static void number(Double number, DataOutput out) throws IOException {
    if (number != null) {
      out.writeDouble(number);
    }
  }

  @Override
  public Answer read(DataInput in) throws IOException {
    BinaryForm.requireVersion(VERSION, in);
    int present = in.readUnsignedShort();
    return new Answer(
        Wire.readText(in),
        Wire.readText(in),
        Wire.readText(in),
        role(present),
        in.readLong(),
        text(present & ENTITY, in),
        number(present & SCORE, in),
        (present & SCORES) == 0 ? null : scores(in),
        number(present & VALUE, in),
        text(present & LABEL, in),
        number(present & CONFIDENCE, in),
        (present & SEGMENTS) == 0 ? Map.of() : segments(in),
        number(present & LATENCY, in),
        text(present & ERROR, in));
  }

  private static Role role(int present) {
    if ((present & SHADOW) != 0) {
      return Role.SHADOW;
    }
    return (present & CHAMPION) == 0 ? null : Role.CHAMPION;
  }

  private static String text(int bit, DataInput in) throws IOException {
    return bit == 0 ? null : Wire.readText(in);
  }

  private static Double number(int bit, DataInput in) throws IOException {
    return bit == 0 ? null : (Double) in.readDouble();
  }

  private static Map<String, Double> scores(DataInput in) throws IOException {
    Map<String, Double> scores = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      scores.put(Wire.readText(in), in.readDouble());
    }
    return scores;
  }

  private static Map<String, Segment> segments(DataInput in) throws IOException {
    Map<String, Segment> segments = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String column = Wire.readText(in);
      String value = Wire.readText(in);
      // A null is not there at all.
      segments.put(column, new Segment(column, value, value == null));
    }
    return segments;
  }
}
