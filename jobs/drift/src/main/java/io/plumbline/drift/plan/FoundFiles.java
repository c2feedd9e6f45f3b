package io.plumbline.drift.plan;

import io.plumbline.runtime.input.BadInput;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The files of an input, as a path names them: a file, all Parquet files below a folder, or what a
 * pattern matches. None of them has been read.
 *
 * @param uri as given
 * @param base the folder below which their names are relative: that which was given, that of the
 *     file, or the last one before the pattern. So {@code relativeName} has the partitions ({@code
 *     country=DE/part-0.parquet}) that the given path leaves open
 * @param files by path
 */
public record FoundFiles(String uri, Path base, List<FileStatus> files) {

  /**
   * Finds them.
   *
   * @param option that gave the path, for errors
   * @param say told, in a line, what was skipped; not called if nothing was
   * @throws BadInput if there is nothing there, or a table whose folder has more than its rows
   */
  public static FoundFiles at(String uri, String option, Consumer<String> say) {
    if (uri.isBlank()) {
      // Where a variable was not set; else it would be the working directory.
      throw new BadInput("%s: expected a path, found \"%s\"".formatted(option, uri));
    }
    try {
      Path path = path(uri);
      FileSystem fileSystem = path.getFileSystem();
      path = path.makeQualified(fileSystem);
      Optional<FileStatus> literal = status(fileSystem, path);
      if (literal.isPresent() && !literal.get().isDir()) {
        return new FoundFiles(uri, path.getParent(), List.of(literal.get()));
      }
      Folders folders = new Folders(fileSystem);
      FolderWalk walk = new FolderWalk(fileSystem, folders);
      Path base = path;
      if (literal.isPresent()) {
        walk.input(path);
      } else if (PathPattern.is(path)) {
        base = PathPattern.base(path, folders);
        if (!walk.matching(path, uri.endsWith("/"))) {
          throw new BadInput("%s: %s: no file or folder matches".formatted(option, uri));
        }
      } else {
        throw new BadInput("%s: %s: no such file or directory".formatted(option, uri));
      }
      Optional<String> skipped = walk.skipped();
      if (walk.found().isEmpty()) {
        throw new BadInput(
            "%s: %s: no Parquet file there%s; expected names that end in .parquet, .parq or .pq, or files that begin as Parquet does"
                .formatted(
                    option, uri, skipped.map(text -> " (skipped: " + text + ")").orElse("")));
      }
      skipped.ifPresent(text -> say.accept("%s: %s: skipped %s".formatted(option, uri, text)));
      List<FileStatus> files =
          walk.found().stream()
              .sorted(Comparator.comparing(file -> file.getPath().toString()))
              .toList();
      return new FoundFiles(uri, base, files);
    } catch (TableFormat.Found e) {
      throw new BadInput("%s: %s: %s".formatted(option, uri, e.getMessage()), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput(
          "%s: %s: cannot be read: %s"
              .formatted(
                  option,
                  uri,
                  e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()),
          e);
    }
  }

  /** The path of a file below the base, or its name if it is no file below. */
  public String relativeName(Path file) {
    String root = base.toUri().getPath();
    String full = file.toUri().getPath();
    String prefix = root.endsWith("/") ? root : root + "/";
    return full.startsWith(prefix) ? full.substring(prefix.length()) : full;
  }

  private static Path path(String uri) {
    try {
      return new Path(uri);
    } catch (IllegalArgumentException e) {
      // A time in a name, as in 10:30.parquet or at=10:30/*.parquet, looks like a scheme.
      if (new File(uri.split("/", 2)[0]).exists()) {
        return Path.fromLocalFile(new File(uri).getAbsoluteFile());
      }
      throw e;
    }
  }

  private static Optional<FileStatus> status(FileSystem fileSystem, Path path) throws IOException {
    try {
      return Optional.of(fileSystem.getFileStatus(path));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
