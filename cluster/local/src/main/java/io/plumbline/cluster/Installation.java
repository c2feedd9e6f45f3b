package io.plumbline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the parts of Plumbline are that a cluster is made of.
 *
 * @param home the folder that holds the command {@code plumbline}
 */
public record Installation(Path home) {

  /** The one that runs now; the command names its folder in {@code plumbline.home}. */
  public static Installation current() {
    String home = System.getProperty("plumbline.home");
    if (home == null) {
      throw new ClusterException("plumbline.home is not set: start it by the command ./plumbline");
    }
    return new Installation(Path.of(home));
  }

  Path flinkLib() {
    return home.resolve("cluster/flink/target/lib");
  }

  Path kafkaLib() {
    return home.resolve("cluster/kafka/target/lib");
  }

  Path reporter() {
    return home.resolve("cluster/reporter/target/plugin");
  }

  Path conf() {
    return home.resolve("cluster/conf");
  }

  /** The streaming jobs and the nightly one, by the names of their modules. */
  public List<String> jobs() {
    try (Stream<Path> modules = Files.list(home.resolve("jobs"))) {
      return modules
          .map(module -> module.getFileName().toString())
          .filter(job -> Files.exists(home.resolve("jobs").resolve(job).resolve("pom.xml")))
          .filter(job -> !job.equals("cli"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new ClusterException(home + ": the jobs cannot be listed", e);
    }
  }

  /** The jar that {@code flink run} takes. */
  public Path jobJar(String job) {
    return jar("jobs/" + job);
  }

  /** The same of any module. */
  public Path jar(String module) {
    Path target = home.resolve(module).resolve("target");
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("-job.jar"))
          .findFirst()
          .orElseThrow(() -> new ClusterException(target + ": holds no job jar; build it first"));
    } catch (IOException e) {
      throw new ClusterException(target + ": holds no job jar; build it first", e);
    }
  }
}
