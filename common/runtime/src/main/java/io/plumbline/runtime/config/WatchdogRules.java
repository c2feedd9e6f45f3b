package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;

/** The watchdog has an address to send its beats to. */
final class WatchdogRules {
  private final Findings findings;

  WatchdogRules(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param watchdog null: there is none
   */
  void check(WatchdogConfig watchdog) {
    if (watchdog != null) {
      new AddressRules(findings).checkWeb(watchdog.url(), "watchdog.url");
    }
  }
}
