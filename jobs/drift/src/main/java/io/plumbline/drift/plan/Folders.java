package io.plumbline.drift.plan;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/** What is in folders; of this machine's own file system, links too. */
final class Folders {
  private final FileSystem fileSystem;
  private final boolean local;

  Folders(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
    local = !fileSystem.isDistributedFS();
  }

  /** Whether a name is that of others' temporary or marker files; {@code _p=1} is a partition. */
  static boolean isHidden(String name) {
    return name.startsWith(".") || (name.startsWith("_") && !name.contains("="));
  }

  /**
   * What is in a folder.
   *
   * @param children by name
   * @param broken names of links to nothing
   */
  record Listing(List<FileStatus> children, List<String> broken) {}

  /**
   * Lists a folder.
   *
   * @throws TableFormat.Found if it is a table of a format of its own
   */
  Listing list(Path folder) throws IOException {
    Listing listing = local ? listLocal(folder) : listRemote(folder);
    TableFormat.refuse(folder, listing.children, this);
    listing.children.sort(Comparator.comparing(child -> child.getPath().getName()));
    return listing;
  }

  private Listing listRemote(Path folder) throws IOException {
    FileStatus[] children = fileSystem.listStatus(folder);
    if (children == null) {
      throw new IOException(folder + " cannot be listed");
    }
    return new Listing(new ArrayList<>(Arrays.asList(children)), List.of());
  }

  /** Flink's own list of a folder fails as a whole for one broken link, or a colon in a name. */
  private Listing listLocal(Path folder) throws IOException {
    String[] names = file(folder).list();
    if (names == null) {
      throw new IOException(folder + " cannot be listed");
    }
    Listing listing = new Listing(new ArrayList<>(), new ArrayList<>());
    for (String name : names) {
      try {
        listing.children.add(fileSystem.getFileStatus(child(folder, name)));
      } catch (FileNotFoundException e) {
        listing.broken.add(name);
      }
    }
    return listing;
  }

  private static Path child(Path folder, String name) throws IOException {
    URI uri = folder.toUri();
    String path = uri.getPath();
    try {
      return new Path(
          new URI(
              uri.getScheme(),
              uri.getAuthority(),
              (path.endsWith("/") ? path : path + "/") + name,
              null,
              null));
    } catch (URISyntaxException e) {
      throw new IOException("%s/%s cannot be named".formatted(folder, name), e);
    }
  }

  boolean isLink(Path path) {
    return local && Files.isSymbolicLink(file(path).toPath());
  }

  /** What is the same for all links to a file or folder. */
  String realPath(Path path) throws IOException {
    return local ? file(path).getCanonicalPath() : path.toUri().getPath();
  }

  /** Whether a folder is there and can be listed. */
  boolean isFolder(Path path) throws IOException {
    try {
      return fileSystem.getFileStatus(path).isDir();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  private static File file(Path path) {
    return new File(path.toUri().getPath());
  }
}
