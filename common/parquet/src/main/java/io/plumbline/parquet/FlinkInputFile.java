package io.plumbline.parquet;

import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A Parquet file on any file system that Flink knows. */
public final class FlinkInputFile implements InputFile {
  private final Path path;
  private final long length;

  /**
   * @param length the file's length in bytes
   */
  public FlinkInputFile(Path path, long length) {
    this.path = path;
    this.length = length;
  }

  /** The file as it is now. */
  public static FlinkInputFile of(Path path) throws IOException {
    return new FlinkInputFile(path, path.getFileSystem().getFileStatus(path).getLen());
  }

  @Override
  public long getLength() {
    return length;
  }

  @Override
  public SeekableInputStream newStream() throws IOException {
    FileSystem fileSystem = path.getFileSystem();
    FSDataInputStream stream = fileSystem.open(path);
    return new DelegatingSeekableInputStream(stream) {
      @Override
      public long getPos() throws IOException {
        return stream.getPos();
      }

      @Override
      public void seek(long position) throws IOException {
        stream.seek(position);
      }
    };
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
