package io.plumbline.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The style and the script of the page, and the policy that allows these two and nothing else: no
 * request, no other script, whatever a name in the data says.
 */
record PageSources(String style, String script) {
  private static final List<String> SCRIPTS =
      List.of("page", "density", "shares", "sheet", "table", "heat", "start");

  static PageSources load() {
    StringBuilder script = new StringBuilder("\"use strict\";");
    for (String name : SCRIPTS) {
      script.append(resource(name + ".js"));
    }
    return new PageSources(resource("report.css"), script.toString());
  }

  String policy() {
    return "default-src 'none'; img-src data:; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(style), hash(script));
  }

  private static String hash(String source) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  static String resource(String name) {
    try (InputStream in = PageSources.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
