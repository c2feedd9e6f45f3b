package io.plumbline.runtime.window;

import io.plumbline.events.BinaryForm;
import io.plumbline.runtime.state.BinaryTypeInfo;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A window of time, half-open. It keeps the length that it was begun with, whatever the config says
 * when it ends.
 *
 * @param start in epoch milliseconds
 * @param length in milliseconds
 */
public record Window(long start, long length) implements Comparable<Window> {
  /** How Flink writes it. */
  public static final TypeInformation<Window> TYPE = new BinaryTypeInfo<>(Window.class, Form.class);

  /** The window of this length, counted from the epoch, that a time is in. */
  public static Window at(long time, long length) {
    return new Window(Math.floorDiv(time, length) * length, length);
  }

  /**
   * The longest length of which windows of both lengths can be made: their greatest common divisor.
   * Of a length and 0 it is the length.
   */
  public static long commonLength(long one, long other) {
    return other == 0 ? one : commonLength(other, one % other);
  }

  /** The first millisecond that is not in it. */
  public long end() {
    return start + length;
  }

  public Instant startTime() {
    return Instant.ofEpochMilli(start);
  }

  public Instant endTime() {
    return Instant.ofEpochMilli(end());
  }

  public Duration duration() {
    return Duration.ofMillis(length);
  }

  @Override
  public int compareTo(Window other) {
    return start == other.start
        ? Long.compare(length, other.length)
        : Long.compare(start, other.start);
  }

  /** Bytes for the state. */
  public static final class Form implements BinaryForm<Window> {
    private static final int VERSION = 1;

    @Override
    public void write(Window window, DataOutput out) throws IOException {
      out.writeByte(VERSION);
      out.writeLong(window.start);
      out.writeLong(window.length);
    }

    @Override
    public Window read(DataInput in) throws IOException {
      BinaryForm.requireVersion(VERSION, in);
      return new Window(in.readLong(), in.readLong());
    }
  }
}
