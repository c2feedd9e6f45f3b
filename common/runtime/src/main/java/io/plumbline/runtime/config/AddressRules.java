package io.plumbline.runtime.config;

import io.plumbline.runtime.config.binding.Findings;
import io.plumbline.runtime.config.binding.SecretText;
import java.util.regex.Pattern;

/** Addresses have the form of what they lead to. What a placeholder holds is not known yet. */
final class AddressRules {
  private static final Pattern WEB = Pattern.compile("https?://[^/\\s]+.*");
  private static final Pattern SMTP = Pattern.compile("smtps?://[^/\\s]+");

  private final Findings findings;

  AddressRules(Findings findings) {
    this.findings = findings;
  }

  /**
   * @param address null: it is missing or wrong, which has been told
   */
  void checkWeb(String address, String path) {
    check(address, WEB, "https://host/path", path);
  }

  /** The same for a mail server. */
  void checkSmtp(String address, String path) {
    check(address, SMTP, "smtps://host:465", path);
  }

  private void check(String address, Pattern form, String example, String path) {
    if (address != null
        && !SecretText.hasPlaceholder(address)
        && !form.matcher(address).matches()) {
      findings.add(path, "expected an address like " + example);
    }
  }
}
