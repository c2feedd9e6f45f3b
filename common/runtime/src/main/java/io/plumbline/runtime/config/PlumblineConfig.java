package io.plumbline.runtime.config;

import io.plumbline.runtime.config.Limits.Between;
import io.plumbline.runtime.config.Limits.Default;
import io.plumbline.runtime.config.Limits.Keys;
import io.plumbline.runtime.config.Limits.Positive;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** plumbline.yaml. A section that the file leaves out has its defaults. */
public record PlumblineConfig(
    @Default("{}") KafkaConfig kafka,
    @Default("{}") Tables tables,
    @Default("{}") IngestConfig ingest,
    @Default("{}") LimitsConfig limits,
    List<LineageNode> lineage,
    List<FeatureConfig> features,
    List<ModelConfig> models,
    @Default("{}") FeatureHealthConfig featureHealth,
    @Default("{}") DriftConfig drift,
    List<MonitorConfig> monitors,
    @Default("{}") PatternsConfig patterns,
    List<ReceiverConfig> receivers,
    List<TimeInterval> timeIntervals,
    RouteConfig route,
    List<InhibitConfig> inhibit,
    List<PlaybookConfig> playbooks) {

  /** Where the metric tables are, how often they are written and how long they are kept. */
  public record Tables(
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
    public Tables {
      Map<String, Duration> all = new TreeMap<>(STANDARD);
      all.putAll(retention);
      retention = Collections.unmodifiableMap(all);
    }

    /** The same in another folder. */
    public Tables withPath(String newPath) {
      return new Tables(newPath, commitInterval, retention);
    }
  }

  /** How many series, categories and gauges a streaming job may have. */
  public record LimitsConfig(
      @Default("100000") @Between(least = 1) int series,
      @Default("10000") @Between(least = 1) int categories,
      @Default("200") @Between(least = 0) int gauges) {}

  /** What the root of the routes leaves out is standard. */
  public PlumblineConfig {
    route = route == null ? null : route.asRoot();
  }

  /** What an empty file says. */
  public static PlumblineConfig defaults() {
    return ConfigLoader.parse("defaults", "");
  }

  /** For those who look up many: {@link #feature} goes through the list each time. */
  public Map<String, FeatureConfig> featuresByName() {
    return features.stream().collect(Collectors.toUnmodifiableMap(FeatureConfig::name, f -> f));
  }

  public Optional<FeatureConfig> feature(String name) {
    return features.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  public Optional<ModelConfig> model(String name) {
    return models.stream().filter(m -> m.name().equals(name)).findFirst();
  }

  /** The same with another broker. */
  public PlumblineConfig withKafka(KafkaConfig newKafka) {
    return with(newKafka, tables);
  }

  /** The same with tables elsewhere. */
  public PlumblineConfig withTables(Tables newTables) {
    return with(kafka, newTables);
  }

  private PlumblineConfig with(KafkaConfig newKafka, Tables newTables) {
    return new PlumblineConfig(
        newKafka,
        newTables,
        ingest,
        limits,
        lineage,
        features,
        models,
        featureHealth,
        drift,
        monitors,
        patterns,
        receivers,
        timeIntervals,
        route,
        inhibit,
        playbooks);
  }
}
