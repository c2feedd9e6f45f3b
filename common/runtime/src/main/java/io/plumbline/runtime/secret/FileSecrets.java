package io.plumbline.runtime.secret;

import io.plumbline.runtime.input.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * {@code ${file:PATH}}: the text of a file on the machine that makes the client, without white
 * space around it.
 */
public final class FileSecrets extends SecretProvider {
  @Override
  String value(String name) {
    try {
      return Files.readString(Path.of(name)).strip();
    } catch (IOException | InvalidPathException e) {
      throw new BadInput("${file:%s}: the file cannot be read".formatted(name), e);
    }
  }
}
