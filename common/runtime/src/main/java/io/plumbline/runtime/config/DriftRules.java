package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.ConfigDuration;
import io.plumbline.runtime.config.binding.Findings;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Windows are made of panes, and what is compared together is numeric. */
final class DriftRules {
  private final DriftConfig drift;
  private final List<FeatureConfig> features;
  private final Findings findings;

  DriftRules(PlumblineConfig config, Findings findings) {
    drift = config.drift();
    features = config.features();
    this.findings = findings;
  }

  void check() {
    new ThresholdRules(findings).check(drift.thresholds(), "drift.thresholds");
    findings.unique(drift.windows(), "drift.windows");
    findings.unique(drift.against(), "drift.against");
    checkPanes();
    checkMultivariate();
  }

  private void checkPanes() {
    long pane = drift.pane().toMillis();
    for (int i = 0; pane > 0 && i < drift.windows().size(); i++) {
      if (drift.windows().get(i).toMillis() % pane != 0) {
        findings.add(
            findings.stands("drift.windows") ? "drift.windows[" + i + "]" : "drift.pane",
            "expected windows that are multiples of pane, found window %s, pane %s"
                .formatted(
                    ConfigDuration.format(drift.windows().get(i)),
                    ConfigDuration.format(drift.pane())));
      }
    }
  }

  private void checkMultivariate() {
    findings.unique(
        drift.multivariate(), DriftConfig.Multivariate::name, "drift.multivariate", ".name");
    Set<String> others = notNumeric();
    for (int i = 0; i < drift.multivariate().size(); i++) {
      String path = "drift.multivariate[" + i + "].features";
      List<String> together = drift.multivariate().get(i).features();
      if (together.size() == 1) {
        findings.add(path, "expected two features at least, found 1");
      }
      // Not all must be described: the nightly run finds columns in the files.
      findings.unique(together, path);
      for (int j = 0; j < together.size(); j++) {
        if (others.contains(together.get(j))) {
          findings.add(
              path + "[" + j + "]",
              "expected a numeric feature, found %s".formatted(together.get(j)));
        }
      }
    }
  }

  private Set<String> notNumeric() {
    return features.stream()
        .filter(feature -> feature.type() != null && feature.type() != FeatureConfig.Type.NUMERIC)
        .map(FeatureConfig::name)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }
}
