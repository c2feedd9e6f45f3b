package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A receiver is one channel, whose address can be one. */
final class ReceiverRules {
  private final Findings findings;

  ReceiverRules(Findings findings) {
    this.findings = findings;
  }

  void check(List<ReceiverConfig> receivers) {
    findings.unique(receivers, ReceiverConfig::name, "receivers", ".name");
    for (int i = 0; i < receivers.size(); i++) {
      checkEntry(receivers.get(i), "receivers[" + i + "]");
    }
  }

  private void checkEntry(ReceiverConfig receiver, String path) {
    checkChannels(receiver, path);
    AddressRules addresses = new AddressRules(findings);
    if (receiver.webhook() != null) {
      addresses.checkWeb(receiver.webhook().url(), path + ".webhook.url");
    }
    if (receiver.alertmanager() != null) {
      addresses.checkWeb(receiver.alertmanager().url(), path + ".alertmanager.url");
    }
    if (receiver.email() != null) {
      addresses.checkSmtp(receiver.email().smtp(), path + ".email.smtp");
      findings.unique(receiver.email().to(), path + ".email.to");
    }
  }

  private void checkChannels(ReceiverConfig receiver, String path) {
    Map<String, Record> channels = new LinkedHashMap<>();
    channels.put("pagerduty", receiver.pagerduty());
    channels.put("slack", receiver.slack());
    channels.put("email", receiver.email());
    channels.put("webhook", receiver.webhook());
    channels.put("alertmanager", receiver.alertmanager());
    channels.put("log", receiver.log());
    String known = String.join(", ", channels.keySet());
    channels.values().removeIf(channel -> channel == null);
    if (channels.size() != 1) {
      findings.add(
          path,
          "expected exactly one of %s, found %s"
              .formatted(
                  known, channels.isEmpty() ? "none" : String.join(", ", channels.keySet())));
    }
  }
}
