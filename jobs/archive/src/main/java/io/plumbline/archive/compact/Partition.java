package io.plumbline.archive.compact;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * One day of one job in a table.
 *
 * @param files those that readers see, by name
 */
record Partition(String table, LocalDate date, String job, Path path, List<FileStatus> files) {

  /** All days of a table, oldest first. */
  static List<Partition> of(Path table) throws IOException {
    FileSystem fileSystem = table.getFileSystem();
    List<Partition> partitions = new ArrayList<>();
    for (FileStatus day : children(fileSystem, table)) {
      Optional<LocalDate> date = date(day.getPath().getName());
      if (date.isEmpty()) {
        continue;
      }
      for (FileStatus job : children(fileSystem, day.getPath())) {
        String name = job.getPath().getName();
        if (name.startsWith("job=")) {
          partitions.add(
              new Partition(
                  table.getName(),
                  date.get(),
                  name.substring(4),
                  job.getPath(),
                  files(fileSystem, job.getPath())));
        }
      }
    }
    partitions.sort(Comparator.comparing(partition -> partition.path().getPath()));
    return partitions;
  }

  private static Optional<LocalDate> date(String folder) {
    try {
      return folder.startsWith("dt=")
          ? Optional.of(LocalDate.parse(folder.substring(3)))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static List<FileStatus> files(FileSystem fileSystem, Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    for (FileStatus file : children(fileSystem, folder)) {
      String name = file.getPath().getName();
      boolean hidden = name.startsWith(".") || name.startsWith("_");
      if (!hidden && name.endsWith(".parquet")) {
        files.add(file);
      }
    }
    files.sort(Comparator.comparing(file -> file.getPath().getName()));
    return files;
  }

  private static FileStatus[] children(FileSystem fileSystem, Path folder) throws IOException {
    try {
      FileStatus[] children = fileSystem.listStatus(folder);
      return children == null ? new FileStatus[0] : children;
    } catch (FileNotFoundException e) {
      return new FileStatus[0];
    }
  }
}
