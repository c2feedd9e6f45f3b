package io.plumbline.stats.numeric;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of 64-bit words that is written once, read anywhere, and goes when it is not needed. */
final class SpillFile {
  private static final int BUFFER_BYTES = 1 << 19;

  private final Path path;
  private final FileChannel channel;
  private ByteBuffer buffer = buffer();

  private SpillFile(Path path) throws IOException {
    this.path = path;
    channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static ByteBuffer buffer() {
    // On the heap: outside of it buffers stay until somebody collects garbage.
    return ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.nativeOrder());
  }

  static SpillFile create(Path path) throws IOException {
    return new SpillFile(path);
  }

  void append(long[] words, int size) throws IOException {
    for (int from = 0; from < size; ) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int now = Math.min(size - from, buffer.remaining() / Long.BYTES);
      buffer.asLongBuffer().put(words, from, now);
      buffer.position(buffer.position() + now * Long.BYTES);
      from += now;
    }
  }

  private void drain() throws IOException {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new IOException("%s: %s".formatted(path, e.getMessage()), e);
    }
    buffer.clear();
  }

  /** All is there; from now on it is read. */
  void written() throws IOException {
    drain();
    buffer = null;
  }

  /** Fills the array from the word at a position. */
  void read(long position, long[] words) throws IOException {
    long at = position * Long.BYTES;
    ByteBuffer part = buffer();
    for (int from = 0; from < words.length; ) {
      int now = Math.min(words.length - from, BUFFER_BYTES / Long.BYTES);
      part.clear().limit(now * Long.BYTES);
      while (part.hasRemaining()) {
        int read = channel.read(part, at);
        if (read < 0) {
          throw new IOException(path + ": ends before its end");
        }
        at += read;
      }
      part.flip();
      part.asLongBuffer().get(words, from, now);
      from += now;
    }
  }

  void delete() {
    try {
      channel.close();
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(path + ": cannot be deleted: " + e.getMessage(), e);
    }
  }
}
