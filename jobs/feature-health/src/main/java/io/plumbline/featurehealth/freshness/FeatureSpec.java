package io.plumbline.featurehealth.freshness;

import io.plumbline.runtime.config.FeatureConfig;
import java.time.Duration;

/**
 * What the registry says of a feature that is watched by the clock, and what it said last. Public
 * and flat, so that Flink keeps it without Kryo; absent parts are null.
 *
 * @param sla milliseconds that its newest value may be old
 */
public record FeatureSpec(String version, String computation, Long sla) {
  static FeatureSpec of(FeatureConfig config) {
    Duration sla = config.freshnessSla();
    return new FeatureSpec(
        config.version(), config.computation(), sla == null ? null : sla.toMillis());
  }
}
