package io.plumbline.parquet;

import java.util.regex.Pattern;
import org.apache.flink.core.fs.Path;

/** The folder of the tables, as the config gives it. */
public final class TablesFolder {
  private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:");

  private TablesFolder() {}

  /** A path without a scheme is one of this machine, from the folder where the command runs. */
  public static Path of(String path) {
    return SCHEME.matcher(path).lookingAt()
        ? new Path(path)
        : new Path(java.nio.file.Path.of(path).toAbsolutePath().normalize().toUri());
  }
}
