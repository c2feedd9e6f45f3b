package io.plumbline.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local file system under another name, {@code stall:}, which stops for good at the moment that
 * a test chooses, so that the process can be killed exactly there.
 */
public final class StallingFileSystem extends FileSystem {
  /** In the child: what to stop at, {@code staging} or {@code between}. */
  static final String AT = "plumbline.test.stall";

  /** In the child: the file whose appearance tells that it has stopped. */
  static final String SIGNAL = "plumbline.test.stalled";

  private final FileSystem local = LocalFileSystem.getSharedInstance();
  private int renames;

  /** Registered as a service. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "stall";
    }

    @Override
    public FileSystem create(URI uri) {
      return new StallingFileSystem();
    }
  }

  private static Path local(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  private static void stall() {
    try {
      Files.createFile(java.nio.file.Path.of(System.getProperty(SIGNAL)));
      Thread.sleep(Long.MAX_VALUE);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    FSDataOutputStream out = local.create(local(path), mode);
    if ("staging".equals(System.getProperty(AT)) && path.getName().startsWith("metric_points")) {
      out.write(new byte[] {'P', 'A', 'R', '1'});
      out.flush();
      stall();
    }
    return out;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if ("between".equals(System.getProperty(AT)) && ++renames == 2) {
      stall();
    }
    return local.rename(local(from), local(to));
  }

  @Override
  public Path getWorkingDirectory() {
    return local.getWorkingDirectory();
  }

  @Override
  public Path getHomeDirectory() {
    return local.getHomeDirectory();
  }

  @Override
  public URI getUri() {
    return URI.create("stall:///");
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return local.getFileStatus(local(path));
  }

  @Override
  public BlockLocation[] getFileBlockLocations(FileStatus file, long start, long length)
      throws IOException {
    return local.getFileBlockLocations(file, start, length);
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    return local.open(local(path), bufferSize);
  }

  @Override
  public FSDataInputStream open(Path path) throws IOException {
    return local.open(local(path));
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    return local.listStatus(local(path));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    return local.delete(local(path), recursive);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    return local.mkdirs(local(path));
  }

  @Override
  public boolean isDistributedFS() {
    return false;
  }
}
