package io.plumbline.featurehealth.registry;

import io.plumbline.profile.ModelVersion;
import io.plumbline.profile.ReferenceProfile;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.Overrides;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The part of the registry that the file gives, over which goes what control says.
 *
 * @param categoriesLimit {@code limits.categories}
 */
public record RegistryBase(
    List<FeatureConfig> features, List<ModelConfig> models, long categoriesLimit)
    implements Serializable {

  public static RegistryBase of(PlumblineConfig config) {
    return new RegistryBase(config.features(), config.models(), config.limits().categories());
  }

  /** The features that hold when control says so much. */
  public List<FeatureConfig> features(Overrides overrides) {
    return overrides.features(features);
  }

  /** The references of models' versions when control says so much. */
  Map<ModelVersion, String> references(ControlSnapshot control) {
    return ModelVersion.references(overrides(control).models(models));
  }

  /**
   * The registry when control says so much.
   *
   * @param profiles those of the references that were read
   */
  Registry with(ControlSnapshot control, Map<ModelVersion, ReferenceProfile> profiles) {
    Overrides overrides = overrides(control);
    return new Registry(
        overrides.features(features), overrides.models(models), profiles, control.revision());
  }

  private static Overrides overrides(ControlSnapshot control) {
    return Overrides.of(control.changes().values());
  }
}
