package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.ScalarText;
import java.util.List;

/** A feature has the keys of its type, and bounds in order. */
final class FeatureRules {
  private final Findings findings;

  FeatureRules(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param suite the bounds that hold where a feature has none of its own
   */
  void check(List<FeatureConfig> features, Thresholds suite) {
    findings.unique(features, FeatureConfig::name, "features", ".name");
    for (int i = 0; i < features.size(); i++) {
      checkEntry(features.get(i), "features[" + i + "]", suite);
    }
  }

  void checkEntry(FeatureConfig feature, String path, Thresholds suite) {
    FeatureConfig.Type type = feature.type();
    FeatureConfig.Range range = feature.range();
    if (range != null && type != null && type != FeatureConfig.Type.NUMERIC) {
      findings.add(path + ".range", "expected only where type is numeric");
    }
    if (range != null && range.min() != null && range.max() != null && range.min() > range.max()) {
      findings.add(
          path + ".range",
          "expected min <= max, found min %s, max %s"
              .formatted(ScalarText.number(range.min()), ScalarText.number(range.max())));
    }
    if (!feature.categories().isEmpty() && type != null && type != FeatureConfig.Type.CATEGORICAL) {
      findings.add(path + ".categories", "expected only where type is categorical");
    }
    findings.unique(feature.source(), path + ".source");
    findings.unique(feature.categories(), path + ".categories");
    if (feature.drift() != null) {
      new ThresholdRules(findings).check(feature.drift().thresholds().over(suite), path + ".drift");
    }
  }
}
