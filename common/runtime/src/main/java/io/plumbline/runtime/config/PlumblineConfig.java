package io.plumbline.runtime.config;

import io.plumbline.runtime.config.Limits.Between;
import io.plumbline.runtime.config.Limits.Default;
import io.plumbline.runtime.config.Limits.Unread;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * plumbline.yaml. The sections that no part reads yet are known by name only; the part that reads
 * one gives it its type here.
 */
public record PlumblineConfig(
    KafkaConfig kafka,
    Tables tables,
    IngestConfig ingest,
    LimitsConfig limits,
    @Unread Object lineage,
    List<FeatureConfig> features,
    List<ModelConfig> models,
    @Unread Object featureHealth,
    DriftConfig drift,
    @Unread Object monitors,
    @Unread Object patterns,
    @Unread Object receivers,
    @Unread Object timeIntervals,
    @Unread Object route,
    @Unread Object inhibit,
    @Unread Object playbooks) {

  /** Where the metric tables are, how often they are written and how long they are kept. */
  public record Tables(
      @Default("./plumbline-data/tables") String path,
      @Default("1m") Duration commitInterval,
      @Default(
              "{metric_points: 400d, drift_results: 400d, feature_health: 90d, alerts: 400d,"
                  + " incidents: 1000d, actions: 400d, control: 1000d}")
          Map<String, Duration> retention) {
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

  /** What an empty file says. */
  public static PlumblineConfig defaults() {
    return ConfigLoader.parse("defaults", "");
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
