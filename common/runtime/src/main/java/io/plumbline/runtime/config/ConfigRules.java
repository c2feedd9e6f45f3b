package io.plumbline.runtime.config;

import io.plumbline.events.Segment;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What keys of plumbline.yaml owe to one another. Works on a config whose keys may be wrong by
 * themselves, so that all of it is told in one round: what is missing there is null here.
 */
final class ConfigRules {
  private final PlumblineConfig config;
  private final Findings findings;
  private final Set<String> features;

  ConfigRules(PlumblineConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
    features =
        config.features().stream()
            .map(FeatureConfig::name)
            .filter(Objects::nonNull)
            .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  void check() {
    new KafkaRules(config.kafka(), findings).check();
    new LineageRules(config, findings).check();
    checkFeatures();
    checkModels();
    checkDrift();
    new AlertRules(config, findings).check();
  }

  /** The same for an entry that came alone. */
  void checkEntry(Record entry, String path) {
    if (entry instanceof FeatureConfig feature) {
      checkFeature(feature, path, Thresholds.NONE);
    } else if (entry instanceof ModelConfig model) {
      checkModel(model, path);
    } else if (entry instanceof LineageNode node) {
      findings.unique(node.reads(), path + ".reads");
    } else if (entry instanceof MonitorConfig monitor) {
      new AlertRules(config, findings).checkMonitor(monitor, path);
    } else if (entry instanceof RouteConfig root) {
      new AlertRules(config, findings).checkRoot(root, path);
    } else if (entry instanceof Silence silence) {
      checkSilence(silence, path);
    }
  }

  private void checkSilence(Silence silence, String path) {
    if (silence.from() != null
        && silence.until() != null
        && !silence.until().isAfter(silence.from())) {
      findings.add(path + ".until", "expected a time after from, found " + silence.until());
    }
  }

  private void checkFeatures() {
    findings.unique(config.features(), FeatureConfig::name, "features", ".name");
    for (int i = 0; i < config.features().size(); i++) {
      checkFeature(config.features().get(i), "features[" + i + "]", config.drift().thresholds());
    }
  }

  /**
   * @param suite the bounds that hold where the feature has none of its own
   */
  private void checkFeature(FeatureConfig feature, String path, Thresholds suite) {
    FeatureConfig.Type type = feature.type();
    FeatureConfig.Range range = feature.range();
    if (range != null && type != null && type != FeatureConfig.Type.NUMERIC) {
      findings.add(path + ".range", "expected only where type is numeric");
    }
    if (range != null && range.min() != null && range.max() != null && range.min() > range.max()) {
      findings.add(
          path + ".range",
          "expected min <= max, found min %s, max %s"
              .formatted(RecordBinder.plain(range.min()), RecordBinder.plain(range.max())));
    }
    if (!feature.categories().isEmpty() && type != null && type != FeatureConfig.Type.CATEGORICAL) {
      findings.add(path + ".categories", "expected only where type is categorical");
    }
    findings.unique(feature.categories(), path + ".categories");
    if (feature.drift() != null) {
      ascending(feature.drift().thresholds().over(suite), path + ".drift");
    }
  }

  /** Bounds that do not ascend, where the file sets one of them at this place. */
  private void ascending(Thresholds merged, String path) {
    for (String metric : merged.notAscending()) {
      String at = path + "." + metric;
      if (findings.stands(at)) {
        findings.add(at, "expected low <= medium <= high");
      }
    }
  }

  private void checkModels() {
    findings.unique(config.models(), ModelConfig::name, "models", ".name");
    for (int i = 0; i < config.models().size(); i++) {
      checkModel(config.models().get(i), "models[" + i + "]");
    }
  }

  private void checkModel(ModelConfig model, String path) {
    knownFeatures(model.features(), path + ".features");
    findings.unique(model.windows(), path + ".windows");
    findings.unique(model.healthWindows(), path + ".health_windows");
    findings.unique(model.segments(), ModelConfig.Segment::column, path + ".segments", ".column");
    for (int i = 0; i < model.segments().size(); i++) {
      String column = model.segments().get(i).column();
      if (column != null && column.contains(Segment.SIGN)) {
        findings.add(
            "%s.segments[%d].column".formatted(path, i),
            "expected a name without '%s', found %s".formatted(Segment.SIGN, column));
      }
    }
    if (model.shadowKey() != null && !KafkaRules.isPointer(model.shadowKey())) {
      findings.add(path + ".shadow_key", KafkaRules.NO_POINTER.formatted(model.shadowKey()));
    }
    if (model.implicitNegative() != null && model.labelHorizon() == null) {
      findings.add(path + ".implicit_negative", "expected label_horizon beside it");
    }
    if (model.implicitNegative() != null && model.task() == ModelConfig.Task.REGRESSION) {
      findings.add(path + ".implicit_negative", "expected only where task is not regression");
    }
    findings.unique(model.versions(), ModelConfig.Version::version, path + ".versions", ".version");
    checkChampions(model, path + ".versions");
  }

  private void checkChampions(ModelConfig model, String path) {
    String champion = null;
    for (int i = 0; i < model.versions().size(); i++) {
      ModelConfig.Version version = model.versions().get(i);
      if (version.role() != ModelConfig.Role.CHAMPION) {
        continue;
      }
      if (champion != null) {
        findings.add(
            "%s[%d]".formatted(path, i),
            "expected one champion, found %s beside %s (others have role: shadow)"
                .formatted(version.version(), champion));
      }
      champion = version.version();
    }
  }

  /** A name may be of a feature that the config does not describe, if it describes none. */
  private void knownFeatures(List<String> names, String path) {
    findings.unique(names, path);
    if (features.isEmpty()) {
      return;
    }
    for (int i = 0; i < names.size(); i++) {
      findings.known(names.get(i), features, "the features", "%s[%d]".formatted(path, i));
    }
  }

  private void checkDrift() {
    DriftConfig drift = config.drift();
    ascending(drift.thresholds(), "drift.thresholds");
    findings.unique(drift.windows(), "drift.windows");
    findings.unique(drift.against(), "drift.against");
    checkPanes(drift);
    findings.unique(
        drift.multivariate(), DriftConfig.Multivariate::name, "drift.multivariate", ".name");
    Set<String> others = notNumeric();
    for (int i = 0; i < drift.multivariate().size(); i++) {
      String path = "drift.multivariate[" + i + "].features";
      List<String> together = drift.multivariate().get(i).features();
      if (together.size() == 1) {
        findings.add(path, "expected two features at least, found 1");
      }
      // Not all must be described: the nightly run finds columns in the files.
      findings.unique(together, path);
      for (int j = 0; j < together.size(); j++) {
        if (others.contains(together.get(j))) {
          findings.add(
              path + "[" + j + "]",
              "expected a numeric feature, found %s".formatted(together.get(j)));
        }
      }
    }
  }

  private void checkPanes(DriftConfig drift) {
    long pane = drift.pane().toMillis();
    for (int i = 0; pane > 0 && i < drift.windows().size(); i++) {
      if (drift.windows().get(i).toMillis() % pane != 0) {
        findings.add(
            findings.stands("drift.windows") ? "drift.windows[" + i + "]" : "drift.pane",
            "expected windows that are multiples of pane, found window %s, pane %s"
                .formatted(
                    ConfigDuration.format(drift.windows().get(i)),
                    ConfigDuration.format(drift.pane())));
      }
    }
  }

  private Set<String> notNumeric() {
    return config.features().stream()
        .filter(feature -> feature.type() != null && feature.type() != FeatureConfig.Type.NUMERIC)
        .map(FeatureConfig::name)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
