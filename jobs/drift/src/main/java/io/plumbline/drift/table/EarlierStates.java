package io.plumbline.drift.table;

import io.plumbline.parquet.FlinkInputFile;
import io.plumbline.parquet.PartitionPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * What the tables already say about one window: the latest state of each of its results, by series.
 *
 * @param latest by series; withdrawn ones too
 * @param newest the greatest time at which one was computed; null if there is none
 */
record EarlierStates(Map<String, Group> latest, Instant newest) {
  private static final String DAY = "dt=";

  /**
   * Reads the partitions in which states of a window can be: those of its own day and later.
   *
   * @param columns to read; series, window_start and computed_at among them
   * @param ofThisRun which of the window's rows matter
   */
  static EarlierStates of(
      Path table,
      String job,
      LocalDate from,
      Instant windowStart,
      MessageType columns,
      Function<Group, Boolean> ofThisRun)
      throws IOException {
    Map<String, Group> latest = new HashMap<>();
    long newest = Long.MIN_VALUE;
    FileSystem fileSystem = table.getFileSystem();
    for (FileStatus day : children(fileSystem, table)) {
      LocalDate date = date(day.getPath().getName());
      if (date == null || date.isBefore(from)) {
        continue;
      }
      String partition = PartitionPath.of(date, job);
      for (FileStatus file : children(fileSystem, new Path(table, partition))) {
        if (!file.getPath().getName().endsWith(".parquet")) {
          continue;
        }
        try (ParquetReader<Group> reader = open(file, columns)) {
          for (Group row = reader.read(); row != null; row = reader.read()) {
            if (row.getLong("window_start", 0) != windowStart.toEpochMilli()
                || !ofThisRun.apply(row)) {
              continue;
            }
            long computedAt = row.getLong("computed_at", 0);
            newest = Math.max(newest, computedAt);
            latest.merge(
                row.getString("series", 0),
                row,
                (a, b) -> a.getLong("computed_at", 0) > b.getLong("computed_at", 0) ? a : b);
          }
        }
      }
    }
    return new EarlierStates(
        latest, newest == Long.MIN_VALUE ? null : Instant.ofEpochMilli(newest));
  }

  /** Of a partition's folder; null: it is none of ours. */
  private static LocalDate date(String folder) {
    if (!folder.startsWith(DAY)) {
      return null;
    }
    try {
      return LocalDate.parse(folder.substring(DAY.length()));
    } catch (DateTimeParseException e) {
      return null;
    }
  }

  private static FileStatus[] children(FileSystem fileSystem, Path directory) throws IOException {
    try {
      FileStatus[] children = fileSystem.listStatus(directory);
      return children == null ? new FileStatus[0] : children;
    } catch (FileNotFoundException e) {
      // The first run of all, or of this job on that day.
      return new FileStatus[0];
    }
  }

  private static ParquetReader<Group> open(FileStatus file, MessageType columns)
      throws IOException {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.set(ReadSupport.PARQUET_READ_SCHEMA, columns.toString());
    return new Builder(new FlinkInputFile(file.getPath(), file.getLen()), configuration).build();
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    Builder(InputFile file, ParquetConfiguration configuration) {
      super(file, configuration);
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
