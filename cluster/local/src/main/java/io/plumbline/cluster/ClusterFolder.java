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
  private static final String TABLES_TOO = "The tables too.";
  private static final String TABLES_NOT = "Not the tables, which were there before.";

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

  /** Says that the other folders are ours: a project may have a {@code jobs} of its own. */
  private Path mark() {
    return root.resolve(".plumbline-cluster");
  }

  private List<Path> ours() {
    return List.of(
        conf(),
        logs(),
        pids(),
        tmp(),
        broker(),
        checkpoints(),
        savepoints(),
        tables(),
        jobs(),
        plugins());
  }

  void create() {
    refuseForeign();
    try {
      // Whoever was there first owns the tables: the nightly run needs no cluster.
      boolean tablesAreOurs = Files.exists(mark()) ? hasMadeTables() : !Files.exists(tables());
      for (Path folder : ours()) {
        Files.createDirectories(folder);
      }
      Files.writeString(
          mark(),
          "Made by 'plumbline up'; 'down --wipe' deletes what it made.\n%s\n"
              .formatted(tablesAreOurs ? TABLES_TOO : TABLES_NOT));
    } catch (IOException e) {
      throw new ClusterException(root + ": cannot be created: " + e.getMessage(), e);
    }
  }

  private boolean hasMadeTables() throws IOException {
    return Files.readString(mark()).contains(TABLES_TOO);
  }

  private void refuseForeign() {
    if (Files.exists(mark()) || Files.exists(settings())) {
      return;
    }
    for (Path folder : ours()) {
      // The nightly run may have written tables before there was a cluster.
      if (!folder.equals(tables()) && Files.exists(folder)) {
        throw new ClusterException(
            "%s: is not of 'up', which would put its own there; give another folder by --data"
                .formatted(folder));
      }
    }
  }

  /** Deletes what {@link #create} made, and the root if nothing else is in it; what is left. */
  public List<Path> wipe() {
    try {
      for (Path folder : ours()) {
        if (!folder.equals(tables()) || (Files.exists(mark()) && hasMadeTables())) {
          delete(folder);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(mark() + ": cannot be read", e);
    }
    delete(mark());
    if (!Files.exists(root)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(root)) {
      List<Path> left = children.sorted().toList();
      if (left.isEmpty()) {
        Files.delete(root);
      }
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException(root + ": cannot be deleted", e);
    }
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
