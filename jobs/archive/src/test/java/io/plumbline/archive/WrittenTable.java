package io.plumbline.archive;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What others see of one table. */
final class WrittenTable {
  private final Path table;

  /** Of the metric points. */
  WrittenTable(Path tables) {
    this(tables, "metric_points");
  }

  WrittenTable(Path tables, String name) {
    table = tables.resolve(name);
  }

  /** The files that readers take for finished. */
  List<Path> files() {
    if (!Files.exists(table)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(table)) {
      return all.filter(f -> f.getFileName().toString().matches("[^.].*\\.parquet")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @param select a query with {@code %s} in place of the table
   */
  List<List<Object>> rows(String select) {
    String from = "read_parquet('%s/*/*/*.parquet', hive_partitioning=true)".formatted(table);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        ResultSet result = duck.createStatement().executeQuery(select.formatted(from))) {
      List<List<Object>> rows = new ArrayList<>();
      while (result.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getObject(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A whole number; 0 while there is no file. */
  long number(String select) {
    return files().isEmpty() ? 0 : ((Number) rows(select).get(0).get(0)).longValue();
  }
}
