package io.plumbline.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    for (String table : List.of("metric_points", "drift_results")) {
      flink.executeSql(
          read("ddl/" + table + ".sql").replace("${tables}", tables.toUri().toString()));
      flink.executeSql(read("views/" + table + "_latest.sql"));
    }
    return new MetricTables(flink);
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
