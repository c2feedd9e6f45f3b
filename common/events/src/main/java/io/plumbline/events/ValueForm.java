package io.plumbline.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** One value as bytes: its kind, and as much as that kind needs. */
final class ValueForm {
  private ValueForm() {}

  static void write(ValueKind kind, long bits, Object object, DataOutput out) throws IOException {
    out.writeByte(kind.code());
    switch (kind) {
      case NUMBER, INTEGER -> out.writeLong(bits);
      case BOOLEAN -> out.writeByte((int) bits);
      case TEXT -> Wire.writeText((String) object, out);
      case VECTOR -> {
        double[] vector = (double[]) object;
        out.writeInt(vector.length);
        for (double element : vector) {
          out.writeDouble(element);
        }
      }
      case ABSENT, NULL, OTHER -> {}
    }
  }

  static long readBits(byte kind, DataInput in) throws IOException {
    return switch (ValueKind.of(kind)) {
      case NUMBER, INTEGER -> in.readLong();
      case BOOLEAN -> in.readByte();
      case TEXT, VECTOR, ABSENT, NULL, OTHER -> 0;
    };
  }

  static Object readObject(byte kind, DataInput in) throws IOException {
    return switch (ValueKind.of(kind)) {
      case TEXT -> Wire.readText(in);
      case VECTOR -> {
        double[] vector = new double[in.readInt()];
        for (int i = 0; i < vector.length; i++) {
          vector[i] = in.readDouble();
        }
        yield vector;
      }
      case NUMBER, INTEGER, BOOLEAN, ABSENT, NULL, OTHER -> null;
    };
  }
}
