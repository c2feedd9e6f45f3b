package io.plumbline.parquet;

import java.io.IOException;
import java.io.InputStream;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.SeekableInputStream;

/** The beginning of a file, followed by bytes in the place of its end. */
final class SplicedStream extends InputStream {
  private final SeekableInputStream beginning;
  private final long cut;
  private final byte[] end;
  private long position;

  private SplicedStream(SeekableInputStream beginning, long cut, byte[] end) {
    this.beginning = beginning;
    this.cut = cut;
    this.end = end;
  }

  /**
   * @param cut where the file ends and {@code end} begins
   */
  static SeekableInputStream of(SeekableInputStream beginning, long cut, byte[] end) {
    SplicedStream spliced = new SplicedStream(beginning, cut, end);
    return new DelegatingSeekableInputStream(spliced) {
      @Override
      public long getPos() {
        return spliced.position;
      }

      @Override
      public void seek(long position) throws IOException {
        spliced.seek(position);
      }
    };
  }

  private void seek(long to) throws IOException {
    position = to;
    if (to < cut) {
      beginning.seek(to);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int read;
    if (position < cut) {
      read = beginning.read(into, offset, (int) Math.min(length, cut - position));
    } else {
      int at = (int) (position - cut);
      read = Math.min(length, end.length - at);
      if (read <= 0) {
        return -1;
      }
      System.arraycopy(end, at, into, offset, read);
    }
    position += Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    beginning.close();
  }
}
