package io.plumbline.featurehealth.freshness;

import io.plumbline.featurehealth.registry.RegistryBase;
import io.plumbline.runtime.config.FeatureConfig;
import io.plumbline.runtime.control.Announcer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the registry says of a feature that is watched by the clock. Public and flat, so that Flink
 * keeps it without Kryo; absent parts are null.
 *
 * @param sla milliseconds that its newest value may be old
 */
public record FeatureSpec(String version, String computation, Long sla) {
  /** Those of the features that hold, by name. */
  public static Announcer.Entries<FeatureSpec> of(RegistryBase base) {
    return overrides -> {
      Map<String, FeatureSpec> specs = new LinkedHashMap<>();
      for (FeatureConfig feature : base.features(overrides)) {
        specs.put(feature.name(), of(feature));
      }
      return specs;
    };
  }

  private static FeatureSpec of(FeatureConfig config) {
    Duration sla = config.freshnessSla();
    return new FeatureSpec(
        config.version(), config.computation(), sla == null ? null : sla.toMillis());
  }
}
