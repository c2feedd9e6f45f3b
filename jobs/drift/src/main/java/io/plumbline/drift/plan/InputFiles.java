package io.plumbline.drift.plan;

import io.plumbline.runtime.input.BadInput;
import io.plumbline.runtime.parquet.FlinkInputFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.Type;

/**
 * One side of the comparison: the Parquet files under a path, what columns they have and where
 * their row groups are. Only footers have been read.
 *
 * @param uri the path as given, with {@code {date}} filled in
 * @param columns by name, in the order of the first file that has them
 */
public record InputFiles(
    String uri, List<DataFile> files, Map<String, InputColumn> columns, String checksum)
    implements Serializable {

  /**
   * A file.
   *
   * @param relativeName its path below the input, or its name if it is the input
   */
  public record DataFile(
      String path, String relativeName, long length, long modified, List<RowGroup> rowGroups)
      implements Serializable {}

  /**
   * A row group: its place among the file's, its extent in bytes, the number of the first of its
   * rows in the file.
   */
  public record RowGroup(int index, long offset, long length, long firstRow, long rows)
      implements Serializable {}

  /** A column and the first file that has it. */
  public record InputColumn(String name, ColumnType type, String firstFile)
      implements Serializable {}

  public long rows() {
    long rows = 0;
    for (DataFile file : files) {
      for (RowGroup group : file.rowGroups) {
        rows += group.rows;
      }
    }
    return rows;
  }

  /**
   * Reads the footers of a file, or of all files that end in {@code .parquet} below a directory
   * (names that begin with a dot or an underscore are others' temporary or marker files).
   *
   * @throws BadInput if there is nothing there, a file is no Parquet, or two files disagree about a
   *     column
   */
  public static InputFiles at(String uri, String option) {
    try {
      Path path = new Path(uri);
      FileSystem fileSystem = path.getFileSystem();
      FileStatus status = status(fileSystem, path, uri, option);
      List<FileStatus> found = new ArrayList<>();
      if (status.isDir()) {
        collect(fileSystem, path, found);
        if (found.isEmpty()) {
          throw new BadInput(
              "%s: %s: the directory has no Parquet file; expected names that end in .parquet"
                  .formatted(option, uri));
        }
      } else {
        found.add(status);
      }
      found.sort(Comparator.comparing(file -> file.getPath().toString()));
      return new Reader(uri, status).read(found);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInput("%s: %s: cannot be read: %s".formatted(option, uri, reason(e)), e);
    }
  }

  private static FileStatus status(FileSystem fileSystem, Path path, String uri, String option)
      throws IOException {
    try {
      return fileSystem.getFileStatus(path);
    } catch (FileNotFoundException e) {
      throw new BadInput("%s: %s: no such file or directory".formatted(option, uri), e);
    }
  }

  private static void collect(FileSystem fileSystem, Path directory, List<FileStatus> found)
      throws IOException {
    FileStatus[] children = fileSystem.listStatus(directory);
    for (FileStatus child : children == null ? new FileStatus[0] : children) {
      String name = child.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (child.isDir()) {
        collect(fileSystem, child.getPath(), found);
      } else if (name.endsWith(".parquet")) {
        found.add(child);
      }
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  /**
   * How files are read everywhere: pages are checked against their CRC where the writer gave one.
   */
  public static ParquetReadOptions readOptions() {
    return ParquetReadOptions.builder(new PlainParquetConfiguration())
        .usePageChecksumVerification(true)
        .build();
  }

  private static final class Reader {
    private final String uri;
    private final String root;
    private final Map<String, InputColumn> columns = new LinkedHashMap<>();
    private final List<DataFile> files = new ArrayList<>();
    private final MessageDigest digest = sha256();

    Reader(String uri, FileStatus input) {
      this.uri = uri;
      Path base = input.isDir() ? input.getPath() : input.getPath().getParent();
      root = base.toUri().getPath();
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }

    InputFiles read(List<FileStatus> statuses) {
      for (FileStatus status : statuses) {
        read(status);
      }
      return new InputFiles(
          uri, files, columns, "sha256:" + HexFormat.of().formatHex(digest.digest()));
    }

    private void read(FileStatus status) {
      Path path = status.getPath();
      ParquetMetadata footer = footer(path, status.getLen());
      List<RowGroup> groups = new ArrayList<>();
      long firstRow = 0;
      for (BlockMetaData block : footer.getBlocks()) {
        groups.add(
            new RowGroup(
                groups.size(),
                block.getStartingPos(),
                block.getCompressedSize(),
                firstRow,
                block.getRowCount()));
        firstRow += block.getRowCount();
      }
      String relative = relativeName(path);
      files.add(
          new DataFile(
              path.toString(), relative, status.getLen(), status.getModificationTime(), groups));
      digest.update(
          "%s\n%d\n%s\n"
              .formatted(relative, status.getLen(), ParquetMetadata.toJSON(footer))
              .getBytes(StandardCharsets.UTF_8));
      for (Type type : footer.getFileMetaData().getSchema().getFields()) {
        InputColumn column = new InputColumn(type.getName(), ColumnTypes.of(type), path.toString());
        InputColumn first = columns.putIfAbsent(column.name, column);
        if (first != null && !first.type.agreesWith(column.type)) {
          throw new BadInput(
              "%s: column %s is %s, but %s in %s; expected one type in all files"
                  .formatted(path, column.name, column.type, first.type, first.firstFile));
        }
      }
    }

    private String relativeName(Path path) {
      String full = path.toUri().getPath();
      return full.startsWith(root) ? full.substring(root.length()).replaceFirst("^/+", "") : full;
    }

    private static ParquetMetadata footer(Path path, long length) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(new FlinkInputFile(path, length), readOptions())) {
        return reader.getFooter();
      } catch (IOException | RuntimeException e) {
        throw new BadInput("%s: not a whole Parquet file: %s".formatted(path, reason(e)), e);
      }
    }
  }
}
