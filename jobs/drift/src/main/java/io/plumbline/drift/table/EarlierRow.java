package io.plumbline.drift.table;

import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.example.data.Group;

/** The columns of an earlier row, of either table. */
final class EarlierRow {
  private EarlierRow() {}

  /** A column's text; empty if it is null. */
  static String text(Group row, String column) {
    return row.getFieldRepetitionCount(column) == 0 ? "" : row.getString(column, 0);
  }

  /** The name of the reference. */
  static String reference(Group row) {
    if (row.getType().containsField("reference")) {
      return text(row, "reference");
    }
    return labels(row).getOrDefault("reference", "");
  }

  static Map<String, String> labels(Group row) {
    Map<String, String> labels = new TreeMap<>();
    if (row.getFieldRepetitionCount("labels") == 0) {
      return labels;
    }
    Group map = row.getGroup("labels", 0);
    for (int i = 0; i < map.getFieldRepetitionCount("key_value"); i++) {
      Group entry = map.getGroup("key_value", i);
      labels.put(entry.getString("key", 0), entry.getString("value", 0));
    }
    return labels;
  }
}
