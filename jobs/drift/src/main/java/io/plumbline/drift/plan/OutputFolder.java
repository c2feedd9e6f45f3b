package io.plumbline.drift.plan;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.local.LocalFileSystem;

/** A folder that a run will write into, looked at before it begins. */
public final class OutputFolder {
  private OutputFolder() {}

  /**
   * Looks whether files can be made in a folder, which itself need not be there.
   *
   * @param option that names the folder
   * @throws BadInput if none can be
   */
  public static void require(String option, String folder) {
    try {
      check(new org.apache.flink.core.fs.Path(folder));
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(
          "%s: %s: cannot be written: %s".formatted(option, folder, e.getMessage()), e);
    }
  }

  /**
   * Looks at a folder of the local file system; of others nothing is known without writing.
   *
   * @throws IOException if no file can be made in it, with why
   */
  public static void check(org.apache.flink.core.fs.Path folder) throws IOException {
    FileSystem fileSystem = folder.getFileSystem();
    if (fileSystem instanceof LocalFileSystem) {
      check(Path.of(folder.getPath()).toAbsolutePath());
    }
  }

  private static void check(Path folder) throws IOException {
    Path existing = folder;
    while (!Files.exists(existing, LinkOption.NOFOLLOW_LINKS) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing)) {
      throw new IOException(existing + " is a file; expected a folder");
    }
    if (!Files.isWritable(existing)) {
      throw new IOException("no permission to write into " + existing);
    }
    try {
      // Permissions do not tell all: not of disks that are full, nor of what the kernel shows.
      Files.delete(Files.createTempDirectory(existing, ".plumbline-"));
    } catch (IOException e) {
      throw new IOException("nothing can be written into " + existing, e);
    }
  }
}
