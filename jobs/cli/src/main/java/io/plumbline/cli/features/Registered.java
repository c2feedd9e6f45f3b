package io.plumbline.cli.features;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.Overrides;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The features and models that hold, and who reads what. */
final class Registered {
  private final Map<String, FeatureConfig> features = new HashMap<>();
  private final Set<String> models = new TreeSet<>();
  private final TreeMap<String, TreeSet<String>> readers = new TreeMap<>();

  Registered(List<FeatureConfig> features, List<ModelConfig> models) {
    for (FeatureConfig feature : features) {
      this.features.put(feature.name(), feature);
      readers.put(feature.name(), new TreeSet<>());
    }
    for (ModelConfig model : models) {
      this.models.add(model.name());
      for (String feature : model.features()) {
        readers.computeIfAbsent(feature, name -> new TreeSet<>()).add(model.name());
      }
    }
  }

  /** The file's, and over them what control says. */
  static Registered of(PlumblineConfig config, ControlSnapshot control) {
    Overrides overrides = Overrides.of(control.changes().values());
    return new Registered(overrides.features(config.features()), overrides.models(config.models()));
  }

  /** Empty if only a model, or nobody, names it. */
  Optional<FeatureConfig> feature(String name) {
    return Optional.ofNullable(features.get(name));
  }

  /** All that are described, or that a model reads. */
  Set<String> features() {
    return Collections.unmodifiableSet(readers.keySet());
  }

  Set<String> models() {
    return Collections.unmodifiableSet(models);
  }

  /** The models that read a feature. */
  SortedSet<String> readers(String feature) {
    return Collections.unmodifiableSortedSet(readers.getOrDefault(feature, new TreeSet<>()));
  }
}
