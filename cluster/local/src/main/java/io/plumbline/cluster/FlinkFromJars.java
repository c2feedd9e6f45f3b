package io.plumbline.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Flink's classes from the libraries of our own build, started as Flink's scripts would. */
final class FlinkFromJars implements FlinkCommands {
  private static final String RESULT = "BASH_JAVA_UTILS_EXEC_RESULT:";

  private final Installation installation;
  private final ClusterFolder folder;

  /** By role; the same for all TaskManagers, and a JVM's start to find out. */
  private final Map<String, List<String>> memory = new HashMap<>();

  FlinkFromJars(Installation installation, ClusterFolder folder) {
    this.installation = installation;
    this.folder = folder;
  }

  @Override
  public void configure() {
    // The shared configuration is all that they need.
  }

  @Override
  public ProcessBuilder jobManager(Daemon daemon) {
    // It only coordinates: what a second compiler would gain later, it costs at the start.
    return server(
        daemon,
        "JM",
        List.of("-XX:TieredStopAtLevel=1"),
        "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint");
  }

  @Override
  public ProcessBuilder taskManager(Daemon daemon) {
    return server(
        daemon, "TM", List.of(), "org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
  }

  @Override
  public ProcessBuilder client(List<String> arguments) {
    List<String> flags =
        List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", log("client"));
    return java(flags, "org.apache.flink.client.cli.CliFrontend", arguments);
  }

  private String log(String name) {
    return "-Dlog.file=" + folder.logs().resolve(name + ".log");
  }

  private ProcessBuilder server(Daemon daemon, String role, List<String> compiler, String main) {
    List<String> divided = memory.computeIfAbsent(role, this::divide);
    List<String> flags = words(divided.get(0));
    flags.addAll(compiler);
    flags.add("-Dlog.file=" + daemon.log());
    List<String> arguments = new ArrayList<>(List.of("--configDir", folder.conf().toString()));
    arguments.addAll(words(divided.get(1)));
    ProcessBuilder server = java(flags, main, arguments).directory(folder.root().toFile());
    // With an arena for each thread glibc keeps what RocksDB has freed, and the process outgrows
    // what it was given. Flink's image has another allocator for that.
    server.environment().putIfAbsent("MALLOC_ARENA_MAX", "1");
    return server;
  }

  /** Flink computes from its configuration what the JVM may take, and what it must be told. */
  private List<String> divide(String role) {
    ProcessBuilder asked =
        java(
            List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", log("memory")),
            "org.apache.flink.runtime.util.bash.BashJavaUtils",
            List.of("GET_" + role + "_RESOURCE_PARAMS", "--configDir", folder.conf().toString()));
    try {
      Process process = asked.redirectErrorStream(true).start();
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      List<String> results =
          printed
              .lines()
              .filter(line -> line.startsWith(RESULT))
              .map(line -> line.substring(RESULT.length()))
              .toList();
      if (process.waitFor() != 0 || results.size() != 2) {
        throw new ClusterException("Flink cannot divide the memory of a process:\n" + printed);
      }
      return results;
    } catch (IOException e) {
      throw new ClusterException("java cannot be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("interrupted", e);
    }
  }

  private static List<String> words(String line) {
    return new ArrayList<>(List.of(line.trim().split(" +", -1)));
  }

  private ProcessBuilder java(List<String> flags, String main, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of(JavaCommand.path()));
    command.addAll(flags);
    command.addAll(OPENED);
    Path logging = folder.conf().resolve("log4j.properties");
    command.add("-Dlog4j.configurationFile=" + logging.toUri());
    command.add("-Djava.io.tmpdir=" + folder.tmp());
    command.addAll(List.of("-cp", installation.flinkLib() + "/*", main));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FLINK_CONF_DIR", folder.conf().toString());
    builder.environment().put("FLINK_LIB_DIR", installation.flinkLib().toString());
    builder.environment().put("FLINK_PLUGINS_DIR", folder.plugins().toString());
    return builder;
  }
}
