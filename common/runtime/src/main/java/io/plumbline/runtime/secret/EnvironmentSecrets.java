package io.plumbline.runtime.secret;

import io.plumbline.runtime.input.BadInput;

/** {@code ${env:NAME}}: a variable of the process that makes the client. */
public final class EnvironmentSecrets extends SecretProvider {
  @Override
  String value(String name) {
    String value = System.getenv(name);
    if (value == null) {
      throw new BadInput("${env:%s}: the environment has no such variable".formatted(name));
    }
    return value;
  }
}
