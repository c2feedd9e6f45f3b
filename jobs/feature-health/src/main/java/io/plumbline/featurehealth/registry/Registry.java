package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The features and models that hold at one time, and what is expected of them. Immutable. */
public final class Registry {
  private final Map<String, FeatureConfig> features = new HashMap<>();
  private final Map<String, ModelConfig> models = new HashMap<>();
  private final Map<ModelVersion, ReferenceProfile> references;
  private final long revision;

  /**
   * @param references profiles of the models' versions
   * @param revision grows with each change that control makes
   */
  Registry(
      List<FeatureConfig> features,
      List<ModelConfig> models,
      Map<ModelVersion, ReferenceProfile> references,
      long revision) {
    features.forEach(feature -> this.features.put(feature.name(), feature));
    models.forEach(model -> this.models.put(model.name(), model));
    this.references = Map.copyOf(references);
    this.revision = revision;
  }

  /** A version of a model, by the names of both. */
  record ModelVersion(String model, String version) {}

  /** A column by whose values predictions are cut, and the values that are segments by name. */
  public record SegmentColumn(String column, Set<String> values) {}

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

  public boolean isRegistered(String feature) {
    return features.containsKey(feature);
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
      segments += column.values().size() + 2;
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

  /**
   * By what a model's predictions are cut: the values by name are those of the reference profile,
   * else the categories that the registry lists for a feature of the column's name.
   */
  public List<SegmentColumn> segments(String model, String version) {
    List<SegmentColumn> columns = new ArrayList<>();
    ModelConfig config = models.get(model);
    for (ModelConfig.Segment segment :
        config == null ? List.<ModelConfig.Segment>of() : config.segments()) {
      List<String> values =
          reference(model, version)
              .map(profile -> profile.segments().get(segment.column()))
              .orElseGet(() -> listed(segment.column()));
      columns.add(
          new SegmentColumn(
              segment.column(),
              new LinkedHashSet<>(
                  values.subList(0, Math.min(segment.maxValues(), values.size())))));
    }
    return columns;
  }

  private List<String> listed(String column) {
    FeatureConfig feature = features.get(column);
    return feature == null ? List.of() : feature.categories();
  }
}
