package io.plumbline.archive.compact;

import io.plumbline.archive.ArchiveTable;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.schema.MessageType;

/**
 * Makes few files of the many of a closed day, keeping of each result its last state of that day,
 * and drops days that are past their retention.
 *
 * <p>New files are written beside the tables, appear by renames, and only then the old ones go. So
 * a reader may see a row twice and never misses one; and whatever a crash leaves, the next run
 * finishes: it takes all files that it finds as its input.
 */
public final class Compaction {
  /**
   * Files are closed when they have this size: large enough to read fast, small enough to share.
   */
  private static final long FILE_BYTES = 128L << 20;

  private static final String COMPACTED = "compacted-";

  private final Path tables;
  private final LocalDate today;
  private final Consumer<String> say;

  /** What became of a table's partitions. */
  public record Outcome(int compacted, long filesBefore, long filesAfter, int dropped) {
    Outcome plus(Outcome other) {
      return new Outcome(
          compacted + other.compacted,
          filesBefore + other.filesBefore,
          filesAfter + other.filesAfter,
          dropped + other.dropped);
    }
  }

  /**
   * @param today the UTC date; days before it are closed
   * @param say told of each partition that changes
   */
  public Compaction(Path tables, LocalDate today, Consumer<String> say) {
    this.tables = tables;
    this.today = today;
    this.say = say;
  }

  /**
   * @param retention by table; a table that is not in it is kept for ever
   */
  public Outcome run(Map<String, Duration> retention) throws IOException {
    // What a run that was killed had begun.
    staging().getFileSystem().delete(staging(), true);
    Outcome all = new Outcome(0, 0, 0, 0);
    for (ArchiveTable table : ArchiveTable.values()) {
      Duration kept = retention.get(table.table());
      LocalDate oldest = kept == null ? LocalDate.MIN : today.minusDays(kept.toDays());
      for (Partition partition : Partition.of(new Path(tables, table.table()))) {
        all = all.plus(one(table, partition, oldest));
      }
    }
    staging().getFileSystem().delete(staging(), true);
    return all;
  }

  /** Beside the folders of the tables and on their file system; within those it would be read. */
  private Path staging() {
    return new Path(tables, ".compaction");
  }

  private Outcome one(ArchiveTable table, Partition partition, LocalDate oldest)
      throws IOException {
    if (partition.date().isBefore(oldest)) {
      drop(partition);
      return new Outcome(0, 0, 0, 1);
    }
    if (!partition.date().isBefore(today) || isCompact(partition)) {
      return new Outcome(0, 0, 0, 0);
    }
    int after = compact(table, partition);
    say.accept(
        "%s dt=%s job=%s: %d files become %d"
            .formatted(
                partition.table(),
                partition.date(),
                partition.job(),
                partition.files().size(),
                after));
    return new Outcome(1, partition.files().size(), after, 0);
  }

  private void drop(Partition partition) throws IOException {
    FileSystem fileSystem = partition.path().getFileSystem();
    fileSystem.delete(partition.path(), true);
    Path day = partition.path().getParent();
    FileStatus[] others = fileSystem.listStatus(day);
    if (others == null || others.length == 0) {
      fileSystem.delete(day, false);
    }
    say.accept(
        "%s dt=%s job=%s: dropped, past its retention"
            .formatted(partition.table(), partition.date(), partition.job()));
  }

  /** Whether an earlier run has done it and nothing has come since. */
  private static boolean isCompact(Partition partition) {
    return partition.files().stream()
        .allMatch(file -> file.getPath().getName().startsWith(COMPACTED));
  }

  private int compact(ArchiveTable table, Partition partition) throws IOException {
    List<Path> written = new ArrayList<>();
    // Files of an older version may have other columns: each kind is copied as it is.
    Map<MessageType, List<FileStatus>> bySchema = new LinkedHashMap<>();
    for (FileStatus file : partition.files()) {
      bySchema.computeIfAbsent(TableFiles.schema(file), s -> new ArrayList<>()).add(file);
    }
    for (Map.Entry<MessageType, List<FileStatus>> kind : bySchema.entrySet()) {
      written.addAll(copy(kind.getKey(), kind.getValue(), LastStates.of(table, kind.getValue())));
    }
    FileSystem fileSystem = partition.path().getFileSystem();
    for (Path file : written) {
      Path place = new Path(partition.path(), file.getName());
      if (!fileSystem.rename(file, place)) {
        throw new IOException("%s cannot be renamed to %s".formatted(file, place));
      }
    }
    for (FileStatus old : partition.files()) {
      if (!fileSystem.delete(old.getPath(), false)) {
        throw new IOException(old.getPath() + " cannot be deleted");
      }
    }
    return written.size();
  }

  private List<Path> copy(MessageType schema, List<FileStatus> files, BitSet kept)
      throws IOException {
    List<Path> written = new ArrayList<>();
    ParquetWriter<Group> writer = null;
    try {
      int row = 0;
      for (FileStatus file : files) {
        try (ParquetReader<Group> reader = TableFiles.read(file, schema)) {
          for (Group group = reader.read(); group != null; group = reader.read(), row++) {
            if (!kept.get(row)) {
              continue;
            }
            if (writer == null) {
              written.add(new Path(staging(), COMPACTED + UUID.randomUUID() + ".parquet"));
              writer = TableFiles.write(written.get(written.size() - 1), schema);
            }
            writer.write(group);
            if (writer.getDataSize() > FILE_BYTES) {
              writer.close();
              writer = null;
            }
          }
        }
      }
    } finally {
      if (writer != null) {
        writer.close();
      }
    }
    return written;
  }
}
