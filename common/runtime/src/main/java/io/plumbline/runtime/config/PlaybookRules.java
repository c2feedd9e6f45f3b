package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import java.util.List;

/** A kind of incident has one playbook, whose actions have names and addresses. */
final class PlaybookRules {
  private final Findings findings;

  PlaybookRules(Findings findings) {
    this.findings = findings;
  }

  void check(List<PlaybookConfig> playbooks) {
    findings.unique(playbooks, PlaybookConfig::kind, "playbooks", ".kind");
    for (int i = 0; i < playbooks.size(); i++) {
      checkActions(playbooks.get(i).actions(), "playbooks[" + i + "].actions");
    }
  }

  private void checkActions(List<PlaybookConfig.Action> actions, String path) {
    findings.unique(actions, PlaybookConfig.Action::name, path, ".name");
    for (int i = 0; i < actions.size(); i++) {
      ReceiverConfig.Webhook webhook = actions.get(i).webhook();
      if (webhook != null) {
        new AddressRules(findings).checkWeb(webhook.url(), path + "[" + i + "].webhook.url");
      }
    }
  }
}
