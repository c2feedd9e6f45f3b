package io.plumbline.sql;

import io.plumbline.parquet.FlinkOutputFile;
import io.plumbline.parquet.PartitionPath;
import io.plumbline.parquet.TableSchema;
import io.plumbline.parquet.TableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** The metric tables of a folder as Flink SQL sees them, by this module's files alone. */
final class MetricTables {
  static final Path SQL = Path.of(System.getProperty("plumbline.root"), "sql");

  private final TableEnvironment flink;

  private MetricTables(TableEnvironment flink) {
    this.flink = flink;
  }

  static MetricTables in(Path tables) throws IOException {
    TableEnvironment flink =
        TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());
    flink.getConfig().set("table.local-time-zone", "UTC");
    for (String ddl : files("ddl")) {
      flink.executeSql(read(ddl).replace("${tables}", tables.toUri().toString()));
    }
    for (String view : files("views")) {
      flink.executeSql(read(view));
    }
    return new MetricTables(flink);
  }

  /** One file, as our writer writes it. */
  static <R extends Record> void write(
      Path tables,
      String table,
      String job,
      Class<R> type,
      Instant computedAt,
      String file,
      List<R> rows)
      throws IOException {
    LocalDate date = LocalDate.ofInstant(computedAt, ZoneOffset.UTC);
    Path path =
        tables.resolve(table).resolve(PartitionPath.of(date, job)).resolve(file + ".parquet");
    try (TableWriter<R> writer =
        TableWriter.create(
            new FlinkOutputFile(new org.apache.flink.core.fs.Path(path.toUri())),
            TableSchema.of(type))) {
      for (R row : rows) {
        writer.write(row);
      }
    }
  }

  /** All of a folder, by their paths from here. */
  static List<String> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(SQL.resolve(folder))) {
      return files.map(file -> folder + "/" + file.getFileName()).sorted().toList();
    }
  }

  static String read(String file) throws IOException {
    return Files.readString(SQL.resolve(file));
  }

  List<Row> query(String sql) throws Exception {
    List<Row> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = flink.executeSql(sql).collect()) {
      result.forEachRemaining(rows::add);
    }
    return rows;
  }

  List<String> columns(String table) {
    return flink.from(table).getResolvedSchema().getColumns().stream()
        .map(c -> "`" + c.getName() + "` " + c.getDataType().getLogicalType().copy(true))
        .toList();
  }
}
