package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Default;
import io.plumbline.runtime.config.binding.Limits.Keys;
import io.plumbline.runtime.config.binding.Limits.Positive;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The section {@code tables}.
 *
 * @param path folder of the metric tables, on any file system of Flink's
 * @param commitInterval how soon a result can be queried
 * @param retention how long each table is kept, by its name; all tables are in it
 */
public record TablesConfig(
    @Default("./plumbline-data/tables") String path,
    @Default("1m") @Positive Duration commitInterval,
    @Keys({
          "metric_points",
          "drift_results",
          "feature_health",
          "alerts",
          "incidents",
          "actions",
          "control"
        })
        @Positive
        Map<String, Duration> retention) {
  private static final Map<String, Duration> STANDARD =
      Map.of(
          "metric_points", Duration.ofDays(400),
          "drift_results", Duration.ofDays(400),
          "feature_health", Duration.ofDays(90),
          "alerts", Duration.ofDays(400),
          "incidents", Duration.ofDays(1000),
          "actions", Duration.ofDays(400),
          "control", Duration.ofDays(1000));

  /** A table that the file does not name is kept for its standard time. */
  public TablesConfig {
    Map<String, Duration> all = new TreeMap<>(STANDARD);
    all.putAll(retention);
    retention = Collections.unmodifiableMap(all);
  }

  /** The same in another folder. */
  public TablesConfig withPath(String newPath) {
    return new TablesConfig(newPath, commitInterval, retention);
  }
}
