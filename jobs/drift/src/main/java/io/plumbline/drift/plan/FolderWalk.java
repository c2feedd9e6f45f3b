package io.plumbline.drift.plan;

import io.plumbline.parquet.Staging;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Gathers the Parquet files below folders, each once, and counts what it skips: hidden names, other
 * formats, files without a byte, links to what it has already.
 */
final class FolderWalk {
  private static final Set<String> PARQUET = Set.of("parquet", "parq", "pq");

  /** Endings that are never Parquet's, or those of files that are being written or put aside. */
  private static final Set<String> OTHERS =
      Set.of(
          "csv",
          "tsv",
          "txt",
          "json",
          "jsonl",
          "ndjson",
          "xml",
          "yaml",
          "yml",
          "html",
          "md",
          "log",
          "avro",
          "orc",
          "arrow",
          "feather",
          "xlsx",
          "gz",
          "bz2",
          "xz",
          "zip",
          "crc",
          "md5",
          "sha1",
          "sha256",
          "tmp",
          "bak",
          "orig",
          "_copying_",
          "inprogress");

  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Folders folders;
  private final FileSystem fileSystem;
  private final List<FileStatus> found = new ArrayList<>();
  private final Skipped skipped = new Skipped();
  private final Set<String> seen = new HashSet<>();
  private final Deque<FileStatus> links = new ArrayDeque<>();

  FolderWalk(FileSystem fileSystem, Folders folders) {
    this.fileSystem = fileSystem;
    this.folders = folders;
  }

  List<FileStatus> found() {
    return found;
  }

  /** What was skipped, in words; empty if nothing was. */
  Optional<String> skipped() {
    return skipped.text();
  }

  /**
   * Gathers all below a folder.
   *
   * @throws TableFormat.Found if it, one below it, or the table whose partition it is, is a table
   *     of a format of its own
   */
  void input(Path folder) throws IOException {
    TableFormat.refuseAbove(folder, folders);
    walk(folder, folders.realPath(folder));
    links();
  }

  /**
   * Gathers what a pattern matches.
   *
   * @param onlyFolders whether a file that matches does not count
   * @return whether anything did
   */
  boolean matching(Path pattern, boolean onlyFolders) throws IOException {
    boolean any = false;
    for (PathPattern each : PathPattern.of(pattern, folders)) {
      TableFormat.refuseAbove(each.base(), folders);
      for (FileStatus match : each.matches(folders)) {
        if (match.isDir() || !onlyFolders) {
          any = true;
          visit(match, folders.realPath(match.getPath()));
        }
      }
    }
    links();
    return any;
  }

  private void walk(Path folder, String realPath) throws IOException {
    if (!seen.add(realPath)) {
      skipped.add(Skipped.Reason.AGAIN, folder.getName() + "/");
      return;
    }
    Folders.Listing listing = folders.list(folder);
    for (FileStatus child : listing.children()) {
      String name = child.getPath().getName();
      if (name.equals(Staging.FOLDER)) {
        continue;
      }
      if (Folders.isHidden(name)) {
        skipped.add(Skipped.Reason.HIDDEN, child.isDir() ? name + "/" : name);
      } else if (folders.isLink(child.getPath())) {
        links.add(child);
      } else {
        visit(child, realPath + "/" + name);
      }
    }
    for (String name : listing.broken()) {
      skipped.add(Folders.isHidden(name) ? Skipped.Reason.HIDDEN : Skipped.Reason.BROKEN, name);
    }
  }

  /** Links come last: of a file that is there twice, its own place counts. */
  private void links() throws IOException {
    while (!links.isEmpty()) {
      FileStatus link = links.remove();
      visit(link, folders.realPath(link.getPath()));
    }
  }

  private void visit(FileStatus status, String realPath) throws IOException {
    String name = status.getPath().getName();
    if (status.isDir()) {
      walk(status.getPath(), realPath);
    } else if (!seen.add(realPath)) {
      skipped.add(Skipped.Reason.AGAIN, name);
    } else if (status.getLen() == 0) {
      skipped.add(Skipped.Reason.EMPTY, name);
    } else if (isParquet(status)) {
      found.add(status);
    } else {
      skipped.add(Skipped.Reason.OTHER, name);
    }
  }

  private boolean isParquet(FileStatus file) throws IOException {
    String name = file.getPath().getName();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return PARQUET.contains(ending) || (!OTHERS.contains(ending) && beginsAsParquet(file));
  }

  private boolean beginsAsParquet(FileStatus file) throws IOException {
    byte[] begin = new byte[MAGIC.length];
    try (FSDataInputStream in = fileSystem.open(file.getPath())) {
      if (in.readNBytes(begin, 0, begin.length) < begin.length) {
        return false;
      }
    } catch (FileNotFoundException e) {
      // Nobody has said that it is data.
      return false;
    }
    return Arrays.equals(begin, MAGIC);
  }
}
