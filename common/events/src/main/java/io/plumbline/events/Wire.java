package io.plumbline.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What may be absent, as bytes. */
public final class Wire {
  private Wire() {}

  /** Text of any length, or null, in UTF-8 behind its length. */
  public static void writeText(String text, DataOutput out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  public static String readText(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public static void writeNumber(Double number, DataOutput out) throws IOException {
    out.writeBoolean(number != null);
    if (number != null) {
      out.writeDouble(number);
    }
  }

  public static Double readNumber(DataInput in) throws IOException {
    return in.readBoolean() ? in.readDouble() : null;
  }

  /** A whole number that is seldom large and never negative, in 7 bits a byte, the lowest first. */
  public static void writeSmall(long number, DataOutput out) throws IOException {
    long left = number;
    while ((left & ~0x7FL) != 0) {
      out.writeByte((int) ((left & 0x7F) | 0x80));
      left >>>= 7;
    }
    out.writeByte((int) left);
  }

  public static long readSmall(DataInput in) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.readByte();
      number |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw new IOException("expected a number of at most 64 bits");
  }

  /** Text that is seldom long and never null, in UTF-8 behind its length. */
  public static void writeShort(String text, DataOutput out) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    writeSmall(bytes.length, out);
    out.write(bytes);
  }

  public static String readShort(DataInput in) throws IOException {
    byte[] bytes = new byte[(int) readSmall(in)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
