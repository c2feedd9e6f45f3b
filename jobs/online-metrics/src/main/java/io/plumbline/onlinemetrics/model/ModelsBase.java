package io.plumbline.onlinemetrics.model;

import io.plumbline.profile.ModelVersion;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.Overrides;
import io.plumbline.runtime.segment.ModelSegments;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the file says of models, over which goes what control says.
 *
 * @param columns that predictions are read with: those of all models when the job was started. A
 *     model that is given another one later is not cut by it before the next start
 */
public record ModelsBase(
    List<FeatureConfig> features, List<ModelConfig> models, List<String> columns)
    implements Serializable {

  /**
   * @param control as the launcher read it
   */
  public static ModelsBase of(PlumblineConfig config, ControlSnapshot control) {
    return new ModelsBase(
        config.features(),
        config.models(),
        overrides(control).models(config.models()).stream()
            .flatMap(model -> model.segments().stream())
            .map(ModelConfig.Segment::column)
            .distinct()
            .sorted()
            .toList());
  }

  private static Overrides overrides(ControlSnapshot control) {
    return Overrides.of(control.changes().values());
  }

  /** What holds when control says so much. */
  Effective with(ControlSnapshot control) {
    Overrides overrides = overrides(control);
    return new Effective(overrides.features(features), overrides.models(models));
  }

  /** Features and models that hold. */
  record Effective(List<FeatureConfig> features, List<ModelConfig> models) {}

  /**
   * The models that hold.
   *
   * @param profiles the segments of versions' reference profiles, by column
   */
  KnownModels known(Effective holds, Map<ModelVersion, Map<String, List<String>>> profiles) {
    Map<String, FeatureConfig> byName = new HashMap<>();
    holds.features().forEach(feature -> byName.put(feature.name(), feature));
    ModelSegments segments = new ModelSegments(byName::get);
    return new KnownModels(
        holds.models().stream()
            .map(
                model ->
                    new KnownModel(
                        model,
                        version ->
                            segments
                                .columns(
                                    model,
                                    profiles.getOrDefault(
                                        new ModelVersion(model.name(), version), Map.of()))
                                .stream()
                                .filter(column -> columns.contains(column.name()))
                                .toList()))
            .toList());
  }
}
