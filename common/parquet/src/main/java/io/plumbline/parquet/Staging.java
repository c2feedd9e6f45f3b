package io.plumbline.parquet;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * A run's folder for files that are not whole yet, below {@code .staging} beside the place where
 * they will be. Whoever opens one removes those that a run left behind that was killed.
 *
 * <p>A run that goes on holds the lock of a file, which the operating system gives back when the
 * process ends, however it ends. File systems without locks go by age: what is older than a day is
 * of no run any more.
 */
public final class Staging implements AutoCloseable {
  /** The name of the folder below which all runs have theirs. */
  public static final String FOLDER = ".staging";

  private static final String LOCK = ".lock";
  private static final Duration ABANDONED = Duration.ofDays(1);

  /**
   * Begins the names of this process. It never asks for a lock that it may hold itself: to close
   * such a file would give the lock back.
   */
  private static final String PROCESS =
      Long.toString(ProcessHandle.current().pid(), 36)
          + "-"
          + Long.toString(
              ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH).toEpochMilli(),
              36)
          + "-";

  private final FileSystem fileSystem;
  private final boolean local;
  private final Path all;
  private final Path folder;
  private final Path marker;
  private FileChannel lock;

  private Staging(Path parent) throws IOException {
    fileSystem = parent.getFileSystem();
    local = !fileSystem.isDistributedFS();
    all = new Path(parent.makeQualified(fileSystem), FOLDER);
    String name = PROCESS + UUID.randomUUID();
    folder = new Path(all, name);
    marker = new Path(all, name + LOCK);
  }

  /**
   * Makes a folder for this run and removes those of runs that were killed.
   *
   * @param parent has the files when they are whole; it is made if it is not there
   */
  public static Staging open(Path parent) throws IOException {
    Staging staging = new Staging(parent);
    staging.make();
    try {
      staging.removeAbandoned();
    } catch (IOException e) {
      staging.close();
      throw e;
    }
    return staging;
  }

  /** Where a file of this name is written, before it is renamed. */
  public Path file(String name) {
    return new Path(folder, name);
  }

  /** The lock is there before the folder: a folder without one is nobody's. */
  private void make() throws IOException {
    fileSystem.mkdirs(all);
    if (local) {
      lock =
          FileChannel.open(
              file(marker).toPath(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      take(lock);
    } else {
      fileSystem.create(marker, FileSystem.WriteMode.NO_OVERWRITE).close();
    }
    fileSystem.mkdirs(folder);
  }

  private void removeAbandoned() throws IOException {
    // The file system's own clock.
    long oldest = fileSystem.getFileStatus(marker).getModificationTime() - ABANDONED.toMillis();
    FileStatus[] children = fileSystem.listStatus(all);
    for (FileStatus child : children == null ? new FileStatus[0] : children) {
      Path path = child.getPath();
      String name = path.getName();
      if (name.startsWith(PROCESS)) {
        continue;
      }
      if (child.isDir()) {
        Path itsMarker = new Path(all, name + LOCK);
        if (isAbandoned(itsMarker, oldest)) {
          fileSystem.delete(path, true);
          fileSystem.delete(itsMarker, false);
        }
      } else if (!name.endsWith(LOCK) || isLone(path, oldest)) {
        fileSystem.delete(path, false);
      }
    }
  }

  /** Whether a marker is of a run that was killed before it had a folder. */
  private boolean isLone(Path path, long oldest) throws IOException {
    String name = path.getName();
    Path of = new Path(all, name.substring(0, name.length() - LOCK.length()));
    return !fileSystem.exists(of) && isOld(path, oldest);
  }

  private boolean isOld(Path path, long oldest) throws IOException {
    try {
      return fileSystem.getFileStatus(path).getModificationTime() < oldest;
    } catch (FileNotFoundException e) {
      // Its run has ended meanwhile, or never marked it.
      return true;
    }
  }

  private boolean isAbandoned(Path itsMarker, long oldest) throws IOException {
    if (!local) {
      return isOld(itsMarker, oldest);
    }
    try (FileChannel other = FileChannel.open(file(itsMarker).toPath(), StandardOpenOption.WRITE)) {
      return take(other) || isOld(itsMarker, oldest);
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Takes a file's lock until the channel is closed; false if another has it, or none can. */
  private static boolean take(FileChannel channel) {
    try {
      FileLock taken = channel.tryLock();
      return taken != null;
    } catch (OverlappingFileLockException | IOException e) {
      // Another thread has it; or the file system has no locks, and age decides.
      return false;
    }
  }

  private static File file(Path path) {
    return new File(path.toUri().getPath());
  }

  /** Removes the folder with what is left in it. */
  @Override
  public void close() throws IOException {
    try (FileChannel held = lock) {
      fileSystem.delete(folder, true);
      fileSystem.delete(marker, false);
    }
  }
}
