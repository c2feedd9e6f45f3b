package io.plumbline.drift.plan;

import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * Formats of tables that keep a list of their files: the folder also has files of rows that were
 * deleted or replaced, which are no data.
 */
enum TableFormat {
  DELTA("a Delta table", "delta_scan"),
  ICEBERG("an Iceberg table", "iceberg_scan"),
  HUDI("a Hudi table", null);

  private static final String DELTA_LOG = "_delta_log";
  private static final String HUDI_LOG = ".hoodie";
  private static final String ICEBERG_METADATA = "metadata";
  private static final String ICEBERG_DATA = "data";

  private final String text;
  private final String scan;

  TableFormat(String text, String scan) {
    this.text = text;
    this.scan = scan;
  }

  /** Tells that a folder is such a table, and what to do. */
  static final class Found extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private Found(TableFormat format, Path folder) {
      super(
          "%s is %s, whose folder also keeps files of rows that were deleted or replaced; write the version that is meant into a folder of its own, for example with Spark: spark.read.format(\"%s\").load(PATH).write.parquet(FOLDER)%s"
              .formatted(
                  folder,
                  format.text,
                  format.name().toLowerCase(Locale.ROOT),
                  format.scan == null
                      ? ""
                      : ", or with DuckDB: COPY (FROM %s('PATH')) TO 'FILE.parquet'"
                          .formatted(format.scan)));
    }
  }

  /**
   * @throws Found if the children are those of such a table
   */
  static void refuse(Path folder, List<FileStatus> children, Folders folders) throws IOException {
    for (FileStatus child : children) {
      if (!child.isDir()) {
        continue;
      }
      switch (child.getPath().getName()) {
        case DELTA_LOG -> throw new Found(DELTA, folder);
        case HUDI_LOG -> throw new Found(HUDI, folder);
        case ICEBERG_METADATA -> {
          if (isIceberg(child.getPath(), folders)) {
            throw new Found(ICEBERG, folder);
          }
        }
        default -> {
          // A partition, or a folder of data.
        }
      }
    }
  }

  /**
   * Looks above a partition's folder, where the table has its list; also where a link leads to it.
   *
   * @throws Found if the folder is one within such a table
   */
  static void refuseAbove(Path folder, Folders folders) throws IOException {
    // As a pattern's folder it may end in a separator, and then has no name.
    String text = folder.toString();
    Path named = text.endsWith("/") ? new Path(text.substring(0, text.length() - 1)) : folder;
    climb(named, folders);
    String realPath = folders.realPath(named);
    if (!realPath.equals(named.getPath())) {
      URI uri = named.toUri();
      climb(new Path(uri.getScheme(), uri.getAuthority(), realPath), folders);
    }
  }

  private static void climb(Path folder, Folders folders) throws IOException {
    for (Path within = folder; isPart(within); within = within.getParent()) {
      Path above = within.getParent();
      if (folders.isFolder(new Path(above, DELTA_LOG))) {
        throw new Found(DELTA, above);
      }
      if (folders.isFolder(new Path(above, HUDI_LOG))) {
        throw new Found(HUDI, above);
      }
      Path metadata = new Path(above, ICEBERG_METADATA);
      if (folders.isFolder(metadata) && isIceberg(metadata, folders)) {
        throw new Found(ICEBERG, above);
      }
    }
  }

  private static boolean isPart(Path folder) {
    String name = folder.getName();
    return folder.getParent() != null && (name.contains("=") || name.equals(ICEBERG_DATA));
  }

  private static boolean isIceberg(Path metadata, Folders folders) throws IOException {
    return folders.list(metadata).children().stream()
        .anyMatch(file -> file.getPath().getName().contains(".metadata.json"));
  }
}
