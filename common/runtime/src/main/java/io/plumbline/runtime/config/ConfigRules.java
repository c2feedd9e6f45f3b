package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What keys of plumbline.yaml owe to one another, section by section. Works on a config whose keys
 * may be wrong by themselves, so that all of it is told in one round: what is missing there is null
 * here.
 */
final class ConfigRules {
  private final PlumblineConfig config;
  private final Findings findings;
  private final ModelRules models;
  private final RouteRules route;

  ConfigRules(PlumblineConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
    models = new ModelRules(names(config.features(), FeatureConfig::name), findings);
    route =
        new RouteRules(
            names(config.receivers(), ReceiverConfig::name),
            names(config.timeIntervals(), TimeInterval::name),
            findings);
  }

  private static <T> Set<String> names(Collection<T> entries, Function<T, String> name) {
    return entries.stream()
        .map(name)
        .filter(Objects::nonNull)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void check() {
    new KafkaRules(config.kafka(), findings).check();
    new LineageRules(config, findings).check();
    new FeatureRules(findings).check(config.features(), config.drift().thresholds());
    models.check(config.models());
    new DriftRules(config, findings).check();
    new MonitorRules(findings).check(config.monitors());
    route.checkReceiver(
        config.patterns().noResponse().escalateTo(), "patterns.no_response.escalate_to");
    new ReceiverRules(findings).check(config.receivers());
    new WatchdogRules(findings).check(config.watchdog());
    new TimeIntervalRules(findings).check(config.timeIntervals());
    if (config.route() != null) {
      route.checkRoot(config.route(), "route");
    }
    new PlaybookRules(findings).check(config.playbooks());
  }

  /** The same for an entry that came alone. */
  void checkEntry(Record entry, String path) {
    if (entry instanceof FeatureConfig feature) {
      new FeatureRules(findings).checkEntry(feature, path, Thresholds.NONE);
    } else if (entry instanceof ModelConfig model) {
      models.checkEntry(model, path);
    } else if (entry instanceof LineageNode node) {
      findings.unique(node.reads(), path + ".reads");
    } else if (entry instanceof MonitorConfig monitor) {
      new MonitorRules(findings).checkEntry(monitor, path);
    } else if (entry instanceof RouteConfig root) {
      route.checkRoot(root, path);
    } else if (entry instanceof Silence silence) {
      new SilenceRules(findings).checkEntry(silence, path);
    }
  }
}
