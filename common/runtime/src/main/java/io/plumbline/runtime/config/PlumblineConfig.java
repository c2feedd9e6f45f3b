package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Limits.Default;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * plumbline.yaml. A section that the file leaves out has its defaults.
 *
 * @param watchdog null: nobody waits for beats
 * @param route null: nothing is sent
 */
public record PlumblineConfig(
    @Default("{}") KafkaConfig kafka,
    @Default("{}") TablesConfig tables,
    @Default("{}") IngestConfig ingest,
    @Default("{}") LimitsConfig limits,
    List<LineageNode> lineage,
    List<FeatureConfig> features,
    List<ModelConfig> models,
    @Default("{}") FeatureHealthConfig featureHealth,
    @Default("{}") DriftConfig drift,
    List<MonitorConfig> monitors,
    @Default("{}") PatternsConfig patterns,
    @Default("{}") IncidentsConfig incidents,
    List<ReceiverConfig> receivers,
    WatchdogConfig watchdog,
    List<TimeInterval> timeIntervals,
    RouteConfig route,
    List<InhibitConfig> inhibit,
    List<PlaybookConfig> playbooks) {

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
  public PlumblineConfig withTables(TablesConfig newTables) {
    return with(kafka, newTables);
  }

  private PlumblineConfig with(KafkaConfig newKafka, TablesConfig newTables) {
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
        incidents,
        receivers,
        watchdog,
        timeIntervals,
        route,
        inhibit,
        playbooks);
  }
}
