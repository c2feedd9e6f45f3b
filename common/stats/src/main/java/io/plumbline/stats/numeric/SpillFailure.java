package io.plumbline.stats.numeric;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Values that have no room in memory could not be written to a file, or read from it again. */
public final class SpillFailure extends UncheckedIOException {
  private static final long serialVersionUID = 1;

  SpillFailure(String what, IOException cause) {
    super("%s: %s".formatted(what, cause.getMessage()), cause);
  }
}
