package io.plumbline.parquet;

import java.net.URI;
import org.apache.flink.core.fs.Path;

/** The folder of the tables, as the config gives it. */
public final class TablesFolder {
  private TablesFolder() {}

  /** A path without a scheme is one of this machine, from the folder where the command runs. */
  public static Path of(String path) {
    boolean hasScheme = URI.create(path.replace(" ", "%20")).getScheme() != null;
    return hasScheme
        ? new Path(path)
        : new Path(java.nio.file.Path.of(path).toAbsolutePath().normalize().toUri());
  }
}
