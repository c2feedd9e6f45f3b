package io.plumbline.parquet;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet file that goes to a stream of somebody else, who closes it. */
public final class StreamOutputFile implements OutputFile {
  private final FSDataOutputStream stream;

  public StreamOutputFile(FSDataOutputStream stream) {
    this.stream = stream;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) {
    return new Position(stream, false);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) {
    return create(blockSizeHint);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  /** Flink's stream as Parquet wants it. */
  static final class Position extends PositionOutputStream {
    private final FSDataOutputStream stream;
    private final boolean closes;

    Position(FSDataOutputStream stream, boolean closes) {
      this.stream = stream;
      this.closes = closes;
    }

    @Override
    public long getPos() throws IOException {
      return stream.getPos();
    }

    @Override
    public void write(int value) throws IOException {
      stream.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      stream.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      stream.flush();
    }

    @Override
    public void close() throws IOException {
      if (closes) {
        stream.close();
      } else {
        stream.flush();
      }
    }
  }
}
