package io.plumbline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The one folder that holds all that a cluster leaves behind.
 *
 * @param root absolute
 */
public record ClusterFolder(Path root) {

  public static ClusterFolder of(Path root) {
    return new ClusterFolder(root.toAbsolutePath().normalize());
  }

  Path conf() {
    return root.resolve("conf");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  Path pids() {
    return root.resolve("pids");
  }

  Path tmp() {
    return root.resolve("tmp");
  }

  Path broker() {
    return root.resolve("kafka");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savepoints() {
    return root.resolve("savepoints");
  }

  public Path tables() {
    return root.resolve("tables");
  }

  /** Flink's plugins: the metric reporter. */
  Path plugins() {
    return root.resolve("plugins");
  }

  /** Which Flink job ids each of our jobs has had. */
  Path jobs() {
    return root.resolve("jobs");
  }

  Path settings() {
    return conf().resolve("cluster.json");
  }

  void create() {
    for (Path folder :
        List.of(
            conf(),
            logs(),
            pids(),
            tmp(),
            broker(),
            checkpoints(),
            savepoints(),
            tables(),
            jobs())) {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw new ClusterException(folder + ": cannot be created: " + e.getMessage(), e);
      }
    }
  }

  /** Deletes all of it. */
  public void wipe() {
    delete(root);
  }

  private static void delete(Path tree) {
    if (!Files.exists(tree)) {
      return;
    }
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(tree + ": cannot be deleted", e);
    }
  }
}
