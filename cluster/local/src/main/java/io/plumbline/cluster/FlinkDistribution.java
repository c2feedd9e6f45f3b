package io.plumbline.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** An installed Flink, by its own scripts. */
final class FlinkDistribution implements FlinkCommands {
  /** What the scripts take for the name of this machine, in the names of logs. */
  private static final String HOST = "local";

  private final Path home;
  private final ClusterFolder folder;

  FlinkDistribution(Path home, ClusterFolder folder) {
    if (!Files.exists(home.resolve("bin/flink"))) {
      throw new ClusterException("FLINK_HOME=%s: expected bin/flink there".formatted(home));
    }
    for (Path path : List.of(home, folder.root())) {
      if (path.toString().contains(" ")) {
        throw new ClusterException(
            "%s: Flink's own scripts cannot run with a space in a path".formatted(path));
      }
    }
    this.home = home;
    this.folder = folder;
  }

  /** The scripts ask for these two names. */
  @Override
  public void configure() throws IOException {
    for (String name : List.of("log4j-console.properties", "log4j-cli.properties")) {
      Files.copy(
          folder.conf().resolve("log4j.properties"),
          folder.conf().resolve(name),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public ProcessBuilder jobManager(Daemon daemon) {
    return server(daemon, "jobmanager.sh", "standalonesession");
  }

  @Override
  public ProcessBuilder taskManager(Daemon daemon) {
    return server(daemon, "taskmanager.sh", "taskexecutor");
  }

  @Override
  public ProcessBuilder client(List<String> arguments) {
    return script(
        "flink", arguments, "client", "-Xmx512m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
  }

  /**
   * @param service what the script calls it in the names of its files
   */
  private ProcessBuilder server(Daemon daemon, String script, String service) {
    // The scripts insist on names of their own for logs.
    String log = "flink-%s-%s-0-%s.log".formatted(daemon.name(), service, HOST);
    try {
      Files.deleteIfExists(daemon.log());
      Files.createSymbolicLink(daemon.log(), Path.of(log));
    } catch (IOException e) {
      throw new ClusterException("%s: cannot be linked to %s".formatted(daemon.log(), log), e);
    }
    return script(script, List.of("start-foreground"), daemon.name(), "")
        .directory(folder.root().toFile());
  }

  /**
   * @param identity with which the scripts tell the files of several processes apart
   */
  private ProcessBuilder script(
      String name, List<String> arguments, String identity, String flags) {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("bin/" + name).toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    environment.put("FLINK_CONF_DIR", folder.conf().toString());
    environment.put("FLINK_PLUGINS_DIR", folder.plugins().toString());
    environment.put("FLINK_LOG_DIR", folder.logs().toString());
    // By default the scripts keep the pids of all clusters of the machine in one place.
    environment.put("FLINK_PID_DIR", folder.tmp().toString());
    environment.put("FLINK_IDENT_STRING", identity);
    environment.put("HOSTNAME", HOST);
    environment.put("JAVA_HOME", JavaCommand.home().toString());
    environment.put(
        "JVM_ARGS",
        "%s %s -Djava.io.tmpdir=%s".formatted(flags, String.join(" ", OPENED), folder.tmp()));
    return builder;
  }
}
