package io.plumbline.archive.compact;

import java.io.IOException;
import java.net.URI;
import org.apache.flink.core.fs.BlockLocation;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.local.LocalFileSystem;

/**
 * The local file system under another name, {@code crash:}, which does so many changes and then no
 * more: to what lies on the disk, that is a process that was killed there.
 */
public final class CrashingFileSystem extends FileSystem {
  /** The end of the process. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  private static int changesLeft = Integer.MAX_VALUE;

  private final FileSystem local = LocalFileSystem.getSharedInstance();

  /** Registered as a service. */
  public static final class Factory implements FileSystemFactory {
    @Override
    public String getScheme() {
      return "crash";
    }

    @Override
    public FileSystem create(URI uri) {
      return new CrashingFileSystem();
    }
  }

  static void allow(int changes) {
    changesLeft = changes;
  }

  private static void mustLive() {
    if (changesLeft <= 0) {
      throw new Killed();
    }
  }

  private static void change() {
    mustLive();
    changesLeft--;
  }

  private static Path local(Path path) {
    return new Path("file", null, path.toUri().getPath());
  }

  /** What is listed here is changed here. */
  private record Listed(FileStatus status) implements FileStatus {
    @Override
    public long getLen() {
      return status.getLen();
    }

    @Override
    public long getBlockSize() {
      return status.getBlockSize();
    }

    @Override
    public short getReplication() {
      return status.getReplication();
    }

    @Override
    public long getModificationTime() {
      return status.getModificationTime();
    }

    @Override
    public long getAccessTime() {
      return status.getAccessTime();
    }

    @Override
    public boolean isDir() {
      return status.isDir();
    }

    @Override
    public Path getPath() {
      return new Path("crash", null, status.getPath().toUri().getPath());
    }
  }

  /** Each block that is full is a change: a process may be killed with half a file. */
  private static final class Written extends FSDataOutputStream {
    private static final int BLOCK = 256;

    private final FSDataOutputStream file;

    Written(FSDataOutputStream file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      mustLive();
      long block = file.getPos() / BLOCK;
      file.write(bytes, from, length);
      if (file.getPos() / BLOCK > block) {
        change();
      }
    }

    @Override
    public long getPos() throws IOException {
      return file.getPos();
    }

    @Override
    public void flush() throws IOException {
      file.flush();
    }

    @Override
    public void sync() throws IOException {
      file.sync();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  @Override
  public FSDataOutputStream create(Path path, WriteMode mode) throws IOException {
    change();
    return new Written(local.create(local(path), mode));
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    change();
    return local.rename(local(from), local(to));
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    change();
    return local.delete(local(path), recursive);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    FileStatus[] found = local.listStatus(local(path));
    if (found == null) {
      return null;
    }
    FileStatus[] listed = new FileStatus[found.length];
    for (int i = 0; i < found.length; i++) {
      listed[i] = new Listed(found[i]);
    }
    return listed;
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
    return URI.create("crash:///");
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return new Listed(local.getFileStatus(local(path)));
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
  public boolean mkdirs(Path path) throws IOException {
    return local.mkdirs(local(path));
  }

  @Override
  public boolean isDistributedFS() {
    return false;
  }
}
