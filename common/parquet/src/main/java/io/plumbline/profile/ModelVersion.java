package io.plumbline.profile;

import io.plumbline.runtime.config.ModelConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A version of a model, by the names of both. */
public record ModelVersion(String model, String version) {
  /** The references of all versions that have one. */
  public static Map<ModelVersion, String> references(List<ModelConfig> models) {
    Map<ModelVersion, String> references = new HashMap<>();
    for (ModelConfig model : models) {
      for (ModelConfig.Version version : model.versions()) {
        if (version.reference() != null) {
          references.put(new ModelVersion(model.name(), version.version()), version.reference());
        }
      }
    }
    return references;
  }
}
