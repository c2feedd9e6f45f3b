package io.plumbline.events;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How an event goes from one process to another, and into state: bytes that begin with the version
 * of their layout, so that later versions read what earlier ones wrote.
 *
 * <p>An instance may keep what it saw last, so each thread has its own.
 *
 * @param <T> the event
 */
public interface BinaryForm<T> {
  void write(T event, DataOutput out) throws IOException;

  /**
   * @throws IOException also if the version is one that this code does not know
   */
  T read(DataInput in) throws IOException;

  /** Reads the first byte, which is the version. */
  static int requireVersion(int newest, DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version < 1 || version > newest) {
      throw new IOException(
          "expected an event of version 1 to %s, found %s".formatted(newest, version));
    }
    return version;
  }
}
