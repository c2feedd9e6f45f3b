package io.plumbline.featurehealth.registry;

import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.config.ModelConfig;
import io.plumbline.runtime.config.PlumblineConfig;
import io.plumbline.runtime.control.ControlChange;
import io.plumbline.runtime.control.ControlSnapshot;
import io.plumbline.runtime.control.Overrides;
import java.io.Serializable;
import java.util.List;

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

  /** The registry when control says so much. */
  Registry with(ControlSnapshot control, ReferenceProfiles references) {
    Overrides overrides = Overrides.of(control.changes().values());
    return new Registry(
        overrides.features(features),
        overrides.models(models),
        references,
        control.changes().values().stream().mapToLong(ControlChange::offset).max().orElse(-1));
  }
}
