package io.plumbline.parquet;

import java.io.IOException;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** A Parquet file to be written on any file system that Flink knows. */
public final class FlinkOutputFile implements OutputFile {
  private final Path path;

  public FlinkOutputFile(Path path) {
    this.path = path;
  }

  @Override
  public PositionOutputStream create(long blockSizeHint) throws IOException {
    return open(FileSystem.WriteMode.NO_OVERWRITE);
  }

  @Override
  public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
    return open(FileSystem.WriteMode.OVERWRITE);
  }

  private PositionOutputStream open(FileSystem.WriteMode mode) throws IOException {
    return new StreamOutputFile.Position(path.getFileSystem().create(path, mode), true);
  }

  @Override
  public boolean supportsBlockSize() {
    return false;
  }

  @Override
  public long defaultBlockSize() {
    return 0;
  }

  @Override
  public String getPath() {
    return path.toString();
  }
}
