package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;

/** The bounds of a metric ascend with the severity. */
final class ThresholdRules {
  private final Findings findings;

  ThresholdRules(Findings findings) {
    this.findings = findings;
  }

  /**
   * Finds bounds that do not ascend, where the file sets one of them at this place.
   *
   * @param merged as they hold there, with what they go over
   */
  void check(Thresholds merged, String path) {
    for (String metric : merged.notAscending()) {
      String at = path + "." + metric;
      if (findings.stands(at)) {
        findings.add(at, "expected low <= medium <= high");
      }
    }
  }
}
