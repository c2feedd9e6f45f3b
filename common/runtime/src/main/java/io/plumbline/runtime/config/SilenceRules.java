package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;

/** A silence ends after it begins. */
final class SilenceRules {
  private final Findings findings;

  SilenceRules(Findings findings) {
    this.findings = findings;
  }

  void checkEntry(Silence silence, String path) {
    if (silence.from() != null
        && silence.until() != null
        && !silence.until().isAfter(silence.from())) {
      findings.add(path + ".until", "expected a time after from, found " + silence.until());
    }
  }
}
