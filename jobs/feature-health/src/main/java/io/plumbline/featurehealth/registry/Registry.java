package io.plumbline.featurehealth.registry;

import io.plumbline.events.ReservedNames;
import io.plumbline.profile.ModelVersion;
import io.plumbline.profile.ReferenceProfile;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.control.Revision;
import io.plumbline.runtime.expectation.Expectation;
import io.plumbline.runtime.segment.ModelSegments;
import io.plumbline.runtime.segment.SegmentColumn;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The features and models that hold at one time, and what is expected of them. Immutable. */
public final class Registry {
  private final Map<String, FeatureConfig> features = new HashMap<>();
  private final Map<String, ModelConfig> models = new HashMap<>();
  private final Map<ModelVersion, ReferenceProfile> references;
  private final Set<String> named = new HashSet<>();
  private final Revision revision;

  /**
   * @param references profiles of the models' versions
   * @param revision of control
   */
  Registry(
      List<FeatureConfig> features,
      List<ModelConfig> models,
      Map<ModelVersion, ReferenceProfile> references,
      Revision revision) {
    features.forEach(feature -> this.features.put(feature.name(), feature));
    models.forEach(model -> this.models.put(model.name(), model));
    named.addAll(this.features.keySet());
    models.forEach(model -> named.addAll(model.features()));
    models.forEach(model -> model.segments().forEach(by -> named.add(by.column())));
    this.references = Map.copyOf(references);
    this.revision = revision;
  }

  /** What is expected of a feature by itself, whoever reads it. */
  public Expectation expectation(String feature) {
    return Expectation.of(features.get(feature), null, revision);
  }

  /** What is expected of a feature where a model's version reads it. */
  public Expectation expectation(String model, String version, String feature) {
    return Expectation.of(
        features.get(feature),
        reference(model, version).map(profile -> profile.features().get(feature)).orElse(null),
        revision);
  }

  private Optional<ReferenceProfile> reference(String model, String version) {
    return Optional.ofNullable(references.get(new ModelVersion(model, version)));
  }

  /**
   * Whether config or control name a feature: by itself, as one that a model reads, or as a column
   * of segments.
   */
  public boolean isRegistered(String feature) {
    return named.contains(feature);
  }

  /** Whether a feature has its place whatever the limits: it is registered, or a name of ours. */
  public boolean isNamed(String feature) {
    return feature.equals(ReservedNames.OTHER) || isRegistered(feature);
  }

  /** Whether the registry knows of a model, whatever its versions. */
  public boolean isModel(String name) {
    return models.containsKey(name);
  }

  /** Whether the registry knows of the version of a model. */
  public boolean isRegistered(String model, String version) {
    ModelConfig config = models.get(model);
    return config != null
        && config.versions().stream().anyMatch(known -> known.version().equals(version));
  }

  /** About how many series the first prediction of a model's version begins. */
  public long seriesOf(String model, String version) {
    long segments = 1;
    for (SegmentColumn column : segments(model, version)) {
      segments += column.size();
    }
    return (1 + featuresOf(model).size()) * segments;
  }

  /** Whether the same is registered and expected in both, whatever their revisions. */
  boolean says(Registry other) {
    return features.equals(other.features)
        && models.equals(other.models)
        && references.equals(other.references);
  }

  /** How near a feature's online value must be to its offline one; empty: nobody asks. */
  public Optional<FeatureConfig.Consistency> consistency(String feature) {
    FeatureConfig config = features.get(feature);
    return config == null ? Optional.empty() : Optional.ofNullable(config.consistency());
  }

  /** The features that a model reads, whether or not an event has them. */
  public List<String> featuresOf(String model) {
    ModelConfig config = models.get(model);
    return config == null ? List.of() : config.features();
  }

  /** By what a model's predictions are cut, as {@link ModelSegments} says. */
  public List<SegmentColumn> segments(String model, String version) {
    ModelConfig config = models.get(model);
    return config == null
        ? List.of()
        : new ModelSegments(features::get)
            .columns(
                config, reference(model, version).map(ReferenceProfile::segments).orElse(Map.of()));
  }
}
