package io.plumbline.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An installed Flink, by its own scripts. */
final class FlinkDistribution implements FlinkCommands {
  private final Path home;
  private final ClusterFolder folder;

  FlinkDistribution(Path home, ClusterFolder folder) {
    if (!Files.exists(home.resolve("bin/flink"))) {
      throw new ClusterException("FLINK_HOME=%s: expected bin/flink there".formatted(home));
    }
    this.home = home;
    this.folder = folder;
  }

  @Override
  public ProcessBuilder jobManager(Daemon daemon) {
    return server(daemon, "jobmanager.sh");
  }

  @Override
  public ProcessBuilder taskManager(Daemon daemon) {
    return server(daemon, "taskmanager.sh");
  }

  @Override
  public ProcessBuilder client(List<String> arguments) {
    return script("flink", arguments, folder.logs().resolve("client.log"));
  }

  private ProcessBuilder server(Daemon daemon, String script) {
    return script(script, List.of("start-foreground"), daemon.log());
  }

  private ProcessBuilder script(String name, List<String> arguments, Path log) {
    List<String> command = new ArrayList<>(List.of("bash", home.resolve("bin/" + name).toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.root().toFile());
    builder.environment().put("FLINK_HOME", home.toString());
    builder.environment().put("FLINK_CONF_DIR", folder.conf().toString());
    builder.environment().put("FLINK_PLUGINS_DIR", folder.plugins().toString());
    builder.environment().put("FLINK_LOG_DIR", folder.logs().toString());
    builder.environment().put("JAVA_HOME", JavaCommand.home().toString());
    Path logging = folder.conf().resolve("log4j.properties");
    builder
        .environment()
        .put(
            "JVM_ARGS",
            "-Dlog.file=%s -Dlog4j.configurationFile=%s".formatted(log, logging.toUri()));
    return builder;
  }
}
