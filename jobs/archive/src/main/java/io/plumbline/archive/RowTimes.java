package io.plumbline.archive;

import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.ingest.Ingested;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/**
 * Refuses rows of times that no clock had. A row's time is the name of a folder: so it lies between
 * the table's retention and {@code ingest.max_future}, seen from its Kafka record, and a replay
 * decides the same.
 */
final class RowTimes implements Serializable {
  private final Map<String, Duration> retention;
  private final Duration maxFuture;

  RowTimes(PlumblineConfig config) {
    retention = Map.copyOf(config.tables().retention());
    maxFuture = config.ingest().maxFuture();
  }

  /** The row, or its refusal. */
  Ingested<ResultState> checked(Ingested<ResultState> row) {
    String table = row.event().table();
    Duration kept = retention.get(table);
    Duration age = Duration.ofMillis(row.timestamp() - row.event().computedAt());
    if (age.negated().compareTo(maxFuture) > 0) {
      return row.refused(
          "the result is %s s ahead of its Kafka record, ingest.max_future is %s s"
              .formatted(age.negated().toSeconds(), maxFuture.toSeconds()));
    }
    return age.compareTo(kept) <= 0
        ? row
        : row.refused(
            "the result is %s d older than its Kafka record, tables.retention of %s is %s d"
                .formatted(age.toDays(), table, kept.toDays()));
  }
}
