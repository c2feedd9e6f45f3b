package io.plumbline.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.events.EventJson;
import io.plumbline.parquet.TableSchema;
import java.util.ArrayList;
import java.util.List;

/** A record's JSON, its Parquet columns and its table's DDL name the same fields. */
final class DdlContract {
  private DdlContract() {}

  static <R extends Record> void declares(MetricTables flink, String table, R example)
      throws Exception {
    List<String> expected = new ArrayList<>(TableSchema.of(example.getClass()).sqlColumns());
    expected.add("`dt` DATE");
    expected.add("`job` STRING");
    assertThat(flink.columns(table)).isEqualTo(expected);
    List<String> json = new ArrayList<>();
    EventJson.mapper().readTree(EventJson.write(example)).fieldNames().forEachRemaining(json::add);
    List<String> columns =
        flink.columns(table).stream().map(c -> c.substring(1, c.indexOf('`', 1))).toList();
    // The partition is the table's own.
    json.add("dt");
    if (!json.contains("job")) {
      json.add("job");
    }
    assertThat(columns).containsExactlyInAnyOrderElementsOf(json);
  }
}
