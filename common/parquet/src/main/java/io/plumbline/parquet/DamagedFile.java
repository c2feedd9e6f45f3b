package io.plumbline.parquet;

import java.io.IOException;

/**
 * Bytes that are not what a Parquet file has there. parquet-java and the codecs below it hardly
 * check them and throw what comes of it, {@code NullPointerException} too: so around a call of
 * theirs, and around nothing else, a {@code RuntimeException} is the file's fault. Anywhere else it
 * is ours.
 */
public final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1;

  public DamagedFile(RuntimeException cause) {
    super(
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
  }

  /** A call of parquet-java, which decodes bytes of a file. */
  public interface Reading<T> {
    T read() throws IOException;
  }

  /**
   * Does what decodes bytes of a file.
   *
   * @throws DamagedFile if they cannot be decoded
   */
  public static <T> T unlessWhole(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (RuntimeException e) {
      throw new DamagedFile(e);
    }
  }
}
